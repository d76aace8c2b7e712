"""The real house: behind TLS, with a second factor, with its root key kept elsewhere."""

import os

from holdspace.settings.common import *  # noqa: F403 - settings are one namespace
from holdspace.settings.common import HOME

_secret = HOME / "cookie-secret"
SECRET_KEY = _secret.read_text(encoding="ascii") if _secret.exists() else "not started yet"
ALLOWED_HOSTS = os.environ.get("HOLDSPACE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_PROXY_SSL_HEADER: tuple[str, str] | None = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
