"""Settings of the tests: SQLite in memory, or PostgreSQL where TEST_POSTGRES names a server."""

import os
from pathlib import Path

from holdspace.settings.common import *  # noqa: F403 - settings are one namespace
from holdspace.settings.common import _SQLITE, CACHES, INSTALLED_APPS, TEMPLATES, database

INSTALLED_APPS = [*INSTALLED_APPS, "holdspace.front.sample"]
SECRET_KEY = "for the tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
if os.environ.get("TEST_POSTGRES"):
    _postgres = database("TEST_POSTGRES", Path())
    DATABASES = {"default": _postgres, "keyring": {**_postgres, "TEST": {"NAME": "test_keyring"}}}
else:
    DATABASES = {
        name: {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "OPTIONS": _SQLITE}
        for name in ("default", "keyring")
    }
HOLDSPACE_KEY_FILE = None
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT = Path(__file__).parent / "static"
WHITENOISE_AUTOREFRESH = True
TEMPLATES[0]["OPTIONS"] |= {"debug": True, "string_if_invalid": "!!! %s is not in the context !!!"}
