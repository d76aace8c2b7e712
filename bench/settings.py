"""Settings of the measurements: the house's own, in files of a folder that is thrown away."""

from holdspace.settings.common import *  # noqa: F403 - settings are one namespace
from holdspace.settings.common import HOME, database

# Never another house's database, whatever the environment names.
DATABASES = {
    "default": {**database("", HOME / "holdspace.sqlite3")},
    "keyring": {**database("", HOME / "keyring" / "keyring.sqlite3")},
}
SECRET_KEY = "measurements have nothing to keep secret"  # noqa: S105 - and says so
ALLOWED_HOSTS = ["testserver"]
HOLDSPACE_KEY_FILE = HOME / "root-key"
HOLDSPACE_SECOND_FACTOR_REQUIRED = False
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
