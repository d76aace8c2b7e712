"""The Merkle tree of RFC 6962 (section 2.1) over SHA-256: roots, frontiers and both proofs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()


class BadProof(Exception):
    """The proof does not lead to the root that was given."""


def leaf_hash(content: bytes) -> bytes:
    """A leaf, marked 0x00 so that it can never pass for a node."""
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """A node above two others, marked 0x01."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, by the definition itself."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    middle = _split(len(leaves))
    return node_hash(root(leaves[:middle]), root(leaves[middle:]))


@dataclass(slots=True)
class Frontier:
    """The roots of the full subtrees, largest first: all that is needed to go on appending."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        if len(self.peaks) != self.size.bit_count():
            raise ValueError("a frontier has one peak for each one-bit of its size")

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash, in O(log n)."""
        carried = leaf
        position = self.size
        while position & 1:
            carried = node_hash(self.peaks.pop(), carried)
            position >>= 1
        self.peaks.append(carried)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add many leaf hashes."""
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        """The root of the tree this frontier belongs to."""
        if not self.peaks:
            return EMPTY_ROOT
        right = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            right = node_hash(peak, right)
        return right


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The siblings from leaf to root (RFC 6962, 2.1.1)."""
    if not 0 <= index < len(leaves):
        raise IndexError("no such leaf")
    if len(leaves) == 1:
        return []
    middle = _split(len(leaves))
    if index < middle:
        return [*inclusion_proof(leaves[:middle], index), root(leaves[middle:])]
    return [*inclusion_proof(leaves[middle:], index - middle), root(leaves[:middle])]


def consistency_proof(leaves: Sequence[bytes], older: int) -> list[bytes]:
    """What shows that the first `older` leaves were never changed (RFC 6962, 2.1.2)."""
    if not 0 <= older <= len(leaves):
        raise IndexError("no such older tree")
    if older in {0, len(leaves)}:
        return []
    return _subproof(leaves, older, is_known=True)


def check_inclusion(
    leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Raises BadProof unless the leaf stands at this index of the tree with this root."""
    if not 0 <= index < size:
        raise BadProof("the leaf lies outside the tree")
    if _climb(leaf, index, size, proof) != root:
        raise BadProof("the proof leads to another root")


def check_consistency(
    *, older: int, older_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> None:
    """Raises BadProof unless the older tree is the beginning of the newer one."""
    if not 0 <= older <= size:
        raise BadProof("the older tree is the larger one")
    if older in {0, size}:
        expected = root if older else EMPTY_ROOT
        if proof or older_root != expected:
            raise BadProof("two trees of one size have one root")
        return
    if _both_roots(older, older_root, size, proof) != (older_root, root):
        raise BadProof("the proof leads to other roots")


def _split(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << ((size - 1).bit_length() - 1)


def _subproof(leaves: Sequence[bytes], older: int, *, is_known: bool) -> list[bytes]:
    if older == len(leaves):
        return [] if is_known else [root(leaves)]
    middle = _split(len(leaves))
    if older <= middle:
        return [*_subproof(leaves[:middle], older, is_known=is_known), root(leaves[middle:])]
    rest = _subproof(leaves[middle:], older - middle, is_known=False)
    return [*rest, root(leaves[:middle])]


def _sides(index: int, size: int) -> list[bool]:
    """Whether the sibling stands on the left, for each step from a leaf to the root."""
    sides = []
    last = size - 1
    while last:
        if index & 1:
            sides.append(True)
        elif index < last:
            sides.append(False)
        index >>= 1
        last >>= 1
    return sides


def _climb(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    sides = _sides(index, size)
    if len(sides) != len(proof):
        raise BadProof("the proof has another length")
    reached = leaf
    for is_left, sibling in zip(sides, proof, strict=True):
        reached = node_hash(sibling, reached) if is_left else node_hash(reached, sibling)
    return reached


def _both_roots(
    older: int, older_root: bytes, size: int, proof: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """The roots of both trees that the proof leads to."""
    steps = list(proof)
    height = (older & -older).bit_length() - 1
    index, last = (older - 1) >> height, (size - 1) >> height
    # An older tree that is one full subtree is its own starting point.
    start = steps.pop(0) if index and steps else older_root
    sides = _sides(index, last + 1)
    if len(sides) != len(steps):
        raise BadProof("the proof has another length")
    old = new = start
    for is_left, sibling in zip(sides, steps, strict=True):
        if is_left:
            old = node_hash(sibling, old)
        new = node_hash(sibling, new) if is_left else node_hash(new, sibling)
    return old, new
