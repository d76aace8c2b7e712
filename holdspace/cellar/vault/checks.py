"""What must be so before a house is opened: a root key that works and lies elsewhere."""

from pathlib import Path

from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.root import refuse_beside


def check_root_key(key_file: Path | None, home: Path, *, is_demo: bool) -> None:
    """Raises NoRootKey, with one sentence for the person who starts the house."""
    if key_file is not None and not is_demo:
        refuse_beside(key_file, home)
    keyring.root_key()
