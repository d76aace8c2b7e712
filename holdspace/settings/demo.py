"""The demo: loopback only, the sample practice, no second factor, its root key beside its data."""

from holdspace.settings.common import *  # noqa: F403 - settings are one namespace
from holdspace.settings.common import HOME, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "holdspace.front.sample"]
SECRET_KEY = "the demo has nothing to keep secret"  # noqa: S105 - and says so
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
HOLDSPACE_KEY_FILE = HOME / "demo-root-key"
HOLDSPACE_SECOND_FACTOR_REQUIRED = False
HOLDSPACE_IS_DEMO = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
