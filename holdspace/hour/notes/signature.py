"""What signing fixes: a keyed hash over everything that a signed note says."""

import hmac
from datetime import UTC
from hashlib import sha256

from holdspace.cellar.vault import keyring
from holdspace.hour.notes.models import Note
from holdspace.hour.notes.rules import canonical

PURPOSE = "note hash"


def hash_of(note: Note) -> bytes:
    """HMAC-SHA256, under a key of the practice, of the words and of who signed them when."""
    signed_at = note.signed_at.astimezone(UTC).isoformat() if note.signed_at else ""
    record = {
        "note": str(note.id), "therapy": str(note.therapy_id), "session": str(note.session_id),
        "participant": str(note.participant_id), "author": str(note.author_id),
        "format": note.format, "signed_at": signed_at, "signed_by": str(note.signed_by_id),
        "is_late_entry": note.is_late_entry, "content": note.content,
    }  # fmt: skip
    key = keyring.derived(note.practice_id, PURPOSE)
    return hmac.digest(key, canonical(record), sha256)


def verify_signature(note: Note) -> bool:
    """Whether a signed note still says what was signed, by whom and when."""
    if note.signed_hash is None:
        return False
    return hmac.compare_digest(bytes(note.signed_hash), hash_of(note))
