"""Starting Django for a command, in the right house."""

import os
import secrets
from pathlib import Path
from typing import Final

import django
from django.apps import apps

DEMO_HOME: Final = "home/demo"


def begin(settings: str, *, founding: bool = False) -> None:
    """Choose the settings, make sure of the folders, and start Django once."""
    if apps.ready:
        return
    os.umask(0o077)  # whatever a house writes is for its owner alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    if os.environ["DJANGO_SETTINGS_MODULE"].endswith(".demo"):
        os.environ.setdefault("HOLDSPACE_HOME", DEMO_HOME)
    if founding or settings.endswith(".demo"):
        make_home(Path(os.environ.get("HOLDSPACE_HOME", "home")).absolute())
    django.setup()


def make_home(home: Path) -> None:
    """The folders of a house, for its owner alone, and the secret that signs its cookies."""
    for folder in (home, home / "keyring"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = home / "cookie-secret"
    if not secret.exists():
        handle = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
