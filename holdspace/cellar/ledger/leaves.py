"""How a line becomes a leaf: a salted commitment, so that proofs outlive what they prove.

The leaf's content is SHA-256(salt | index | canonical), where salt is the line's own 16 random
bytes, index its place in the tree as 8 bytes, big-endian, and canonical the line as JSON: sorted
keys, no spaces, UTF-8, ids as lower-case text with dashes, the moment in UTC with six digits of a
second, and a reason as the SHA-256 of its sealed bytes, in hex. The leaf hash is that of RFC 6962
over this content.

Proofs and roots are made of leaf hashes alone. A reason can therefore be erased by destroying its
key, and a whole line with its salt by whoever may lower the guards: every proof still holds, and
without the salt nobody can test a guess of what stood there. Verification then names that line as
missing. The index is inside so that a line moved to another place is found by name.
"""

import json
from datetime import UTC
from hashlib import sha256

from holdspace.cellar.ledger import tree
from holdspace.cellar.ledger.models import Line

SALT_BYTES = 16


def canonical(line: Line) -> bytes:
    """The one way to write a line down as bytes."""
    reason = line.reason
    said = {
        "id": str(line.id),
        "practice": line.practice and str(line.practice),
        "at": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": line.actor and str(line.actor),
        "actor_kind": line.actor_kind,
        "act": line.act,
        "what": line.what,
        "subjects": line.subjects,
        "layer": line.layer,
        "reason": None if reason is None else sha256(reason).hexdigest(),
    }
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def leaf_of(line: Line, index: int) -> bytes:
    """The leaf hash of a line at its place in the tree."""
    content = bytes(line.salt) + index.to_bytes(8, "big") + canonical(line)
    return tree.leaf_hash(sha256(content).digest())
