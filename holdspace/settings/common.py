"""What the real house, the demo and the tests have in common."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from holdspace.settings.handed import handed_passphrase, ledger_origin

HOME = Path(os.environ.get("HOLDSPACE_HOME", "home")).absolute()

# ---- where things are kept

_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # An acknowledged save is on disk, and what was erased is not.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
    " PRAGMA cache_size=-32768; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;",
}

# What `prepared` asks is planned once and not anew for each value: its statements go by ids, which
# are found alike whichever they are. A plan for a table that is still empty must not be to look
# through it: PostgreSQL keeps it until what came since is counted (docs/decisions/0014).
# Pages lie in memory or on a disk that does not turn: one that is picked out costs as any other.
_POSTGRES_SESSION = {
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "random_page_cost": "1.1",
}
_POSTGRES = {
    "prepare_threshold": 0,
    "options": " ".join(f"-c {name}={value}" for name, value in _POSTGRES_SESSION.items()),
}


def database(variable: str, file: Path) -> dict[str, Any]:
    """A database by its URL, or an embedded one in the house's own folder."""
    url = os.environ.get(variable, "")
    if url:
        found = dj_database_url.parse(url, conn_max_age=None, conn_health_checks=True)
        return {**found, "OPTIONS": {**_POSTGRES, **found.get("OPTIONS", {})}}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": _SQLITE,
            "CONN_MAX_AGE": None}  # fmt: skip


DATABASES = {
    "default": database("DATABASE_URL", HOME / "holdspace.sqlite3"),
    "keyring": database("KEYRING_URL", HOME / "keyring" / "keyring.sqlite3"),
}
DATABASE_ROUTERS = ["holdspace.cellar.vault.router.KeyringRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_key_file = os.environ.get("HOLDSPACE_KEY_FILE", "")
HOLDSPACE_KEY_FILE = Path(_key_file).absolute() if _key_file else None
HOLDSPACE_PASSPHRASE = handed_passphrase()  # or typed when the house starts
HOLDSPACE_LEDGER_ORIGIN = ledger_origin(HOME)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "KEY_FUNCTION": "holdspace.frame.practice.sign_in.cache_key",
    },
    # The worker's own memory, for what matters for some minutes and must cost a save nothing.
    "moments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "moments",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}

# ---- the rooms

INSTALLED_APPS = [
    "holdspace.cellar.vault",
    "holdspace.cellar.ledger",
    "holdspace.cellar.ui",
    "holdspace.cellar.post",
    "holdspace.cellar.access",
    "holdspace.frame.practice",
    "holdspace.frame.people",
    "holdspace.frame.approaches",
    "holdspace.frame.therapy",
    "holdspace.hour.encounters",
    "holdspace.hour.measures",
    "holdspace.hour.notes",
    "holdspace.hour.worksheets",
    "holdspace.office.outcomes",
    "holdspace.front.desk",
    "holdspace.front.portal",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "holdspace.frame.practice.sign_in.VisitorMiddleware",
    "holdspace.frame.practice.sign_in.Refused",
    "holdspace.cellar.access.once.Once",
]
ROOT_URLCONF = "holdspace.urls"
WSGI_APPLICATION = "holdspace.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "holdspace.front.desk.frame.frame",
            ],
            "builtins": ["holdspace.cellar.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "holdspace.cellar.ui.forms.FieldRenderer"
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
FILE_UPLOAD_PERMISSIONS = 0o600  # like every file of the house: for its owner alone
# A file that is brought is held in memory and sealed: never in a temporary file, where it would lie
# open. What is larger is not taken.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024  # a note is words; pictures come by another door
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# ---- words and hours

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("de", _("German")), ("es", _("Spanish"))]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]  # one for the whole house

# ---- sign-in (django-allauth)

AUTH_USER_MODEL = "practice.Account"
AUTHENTICATION_BACKENDS = ["holdspace.frame.practice.sign_in.Accounts"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # members come by an invitation link
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no messages to strangers
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "reset_password": "10/m/ip,3/h/key",
    "reset_password_from_key": "10/m/ip",
}
# How many proxies of ours stand before the house: the last address they add is the visitor's.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("HOLDSPACE_PROXIES", "0"))
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_FORMS = {"reset_password": "holdspace.frame.practice.letters.ForgottenPassword"}
ACCOUNT_ADAPTER = "holdspace.frame.practice.sign_in.MembersOnly"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "holdspace.frame.practice.sign_in.SealedSecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody verifies one here: an owner handed over the invitation
MFA_TOTP_ISSUER = "Holdspace"
MFA_FORMS = {
    "add_webauthn": "holdspace.frame.practice.passkeys.AddPasskey",
    "authenticate_webauthn": "holdspace.frame.practice.passkeys.UsePasskey",
    "login_webauthn": "holdspace.frame.practice.passkeys.SignInByPasskey",
    "reauthenticate_webauthn": "holdspace.frame.practice.passkeys.ShowAgainByPasskey",
}
USERSESSIONS_TRACK_ACTIVITY = False
HOLDSPACE_SECOND_FACTOR_REQUIRED = True
HOLDSPACE_IS_DEMO = False
HOLDSPACE_IS_TRIAL = False

# ---- the wire

SESSION_ENGINE = "holdspace.frame.practice.sessions"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # sealed; no cookie
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = False  # the draft-saving script reads it
CSRF_FAILURE_VIEW = "holdspace.frame.practice.sign_in.page_is_stale"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

# ---- what is written where nobody looks: never a person's words

DEBUG = False
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("HOLDSPACE_MAIL_FROM", "holdspace@localhost")
EMAIL_TIMEOUT = 10  # the keeper sends, and has a ledger to keep meanwhile
EMAIL_HOST = os.environ.get("HOLDSPACE_MAIL_HOST", "localhost")
DEFAULT_EXCEPTION_REPORTER = "holdspace.frame.practice.reports.QuietReporter"
ADMINS: list[tuple[str, str]] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "holdspace.frame.practice.reports.QuietFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.db.backends": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
