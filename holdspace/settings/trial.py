"""A trial of the real house on this machine: over http, and so with cookies that http may carry.

Browsers keep `__Host-` and `Secure` cookies to https. Nobody but this machine can reach the trial.
"""

from holdspace.settings.house import *  # noqa: F403 - settings are one namespace
from holdspace.settings.house import HOME

HOLDSPACE_IS_TRIAL = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = []
SECURE_PROXY_SSL_HEADER = None
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "trial-session"
CSRF_COOKIE_SECURE = False
CSRF_COOKIE_NAME = "trial-csrf"
STATIC_ROOT = HOME / "static-of-trial"  # a house may be served and tried at the same time
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # browsers allow passkeys on localhost
