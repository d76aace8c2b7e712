"""Settings of the measurements: the house's own, in files of a folder that is thrown away."""

from holdspace.settings.common import *  # noqa: F403 - settings are one namespace
from holdspace.settings.common import HOME, database

# Never another house's database: only a server that the measurement has started itself.
DATABASES = {
    "default": database("BENCH_DATABASE", HOME / "holdspace.sqlite3"),
    "keyring": database("BENCH_KEYRING", HOME / "keyring" / "keyring.sqlite3"),
}
SECRET_KEY = "measurements have nothing to keep secret"  # noqa: S105 - and says so
ALLOWED_HOSTS = ["testserver"]
HOLDSPACE_KEY_FILE = HOME.parent / f"{HOME.name}-root-key"  # a served house refuses one beside it
HOLDSPACE_SECOND_FACTOR_REQUIRED = False
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
