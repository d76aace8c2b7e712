"""The Merkle tree against RFC 6962: golden roots, and every proof of every small tree."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.cellar.ledger import tree
from holdspace.cellar.ledger.tree import BadProof, Frontier

# The leaves and roots of transparency-dev/merkle (testonly/constants.go), read 2026-11-23.
CONTENTS = [
    bytes.fromhex(content)
    for content in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
GOLDEN_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [tree.leaf_hash(bytes([number])) for number in range(33)]
ROOTS = [tree.root(LEAVES[:size]) for size in range(34)]
SIZES = range(34)
hashes = st.lists(st.binary(max_size=4).map(tree.leaf_hash), max_size=150)


def included(index: int, size: int, proof: list[bytes]) -> None:
    tree.check_inclusion(LEAVES[index], index=index, size=size, proof=proof, root=ROOTS[size])


def consistent(older: int, size: int, proof: list[bytes]) -> None:
    tree.check_consistency(
        older=older, older_root=ROOTS[older], size=size, root=ROOTS[size], proof=proof
    )


def spoiled(proof: list[bytes]) -> list[list[bytes]]:
    """Every way to lose, add or change one step of a proof."""
    wrong = [[*proof[:at], *proof[at + 1 :]] for at in range(len(proof))]
    wrong += [[*proof[:at], bytes(32), *proof[at + 1 :]] for at in range(len(proof))]
    return [*wrong, [*proof, bytes(32)]]


@pytest.mark.parametrize("size", range(9))
def test_the_golden_roots_are_ours(size: int) -> None:
    leaves = [tree.leaf_hash(content) for content in CONTENTS[:size]]
    frontier = Frontier()
    frontier.extend(leaves)
    assert tree.root(leaves).hex() == GOLDEN_ROOTS[size]
    assert frontier.root().hex() == GOLDEN_ROOTS[size]


@given(hashes, st.integers(0, 150))
def test_a_frontier_that_was_put_away_goes_on_to_the_same_root(
    leaves: list[bytes], pause: int
) -> None:
    frontier = Frontier()
    frontier.extend(leaves[:pause])
    resumed = Frontier(frontier.size, list(frontier.peaks))
    resumed.extend(leaves[pause:])
    assert resumed.size == len(leaves)
    assert resumed.root() == tree.root(leaves)


def test_a_frontier_with_too_few_peaks_is_refused() -> None:
    with pytest.raises(ValueError, match="one peak"):
        Frontier(3, [bytes(32)])


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_proves_its_place(size: int) -> None:
    for index in range(size):
        included(index, size, tree.inclusion_proof(LEAVES[:size], index))


@pytest.mark.parametrize("size", [1, 2, 7, 8, 21, 33])
def test_a_spoiled_proof_of_a_place_is_refused(size: int) -> None:
    for index in range(size):
        for proof in spoiled(tree.inclusion_proof(LEAVES[:size], index)):
            with pytest.raises(BadProof):
                included(index, size, proof)


@pytest.mark.parametrize("size", [2, 7, 8, 33])
def test_a_leaf_proves_no_place_but_its_own(size: int) -> None:
    proofs = [tree.inclusion_proof(LEAVES[:size], index) for index in range(size)]
    for claimed in range(size):
        for index in set(range(size)) - {claimed}:
            with pytest.raises(BadProof):
                included(claimed, size, proofs[index])


@pytest.mark.parametrize("size", SIZES)
def test_every_tree_is_consistent_with_every_older_one(size: int) -> None:
    for older in range(size + 1):
        consistent(older, size, tree.consistency_proof(LEAVES[:size], older))


@pytest.mark.parametrize("size", [1, 2, 7, 8, 21, 33])
def test_a_spoiled_proof_of_consistency_is_refused(size: int) -> None:
    for older in range(size + 1):
        for proof in spoiled(tree.consistency_proof(LEAVES[:size], older)):
            with pytest.raises(BadProof):
                consistent(older, size, proof)


@given(hashes.filter(len), st.data())
def test_a_tree_with_one_early_leaf_changed_is_not_consistent(
    leaves: list[bytes], data: st.DataObject
) -> None:
    older = data.draw(st.integers(1, len(leaves)))
    changed = data.draw(st.integers(0, older - 1))
    rewritten = [*leaves]
    rewritten[changed] = bytes(32)
    proof = tree.consistency_proof(rewritten, older)
    was, now, size = tree.root(leaves[:older]), tree.root(rewritten), len(leaves)
    with pytest.raises(BadProof):
        tree.check_consistency(older=older, older_root=was, size=size, root=now, proof=proof)


@pytest.mark.parametrize(
    "asked",
    [
        lambda: tree.inclusion_proof(LEAVES[:3], 3),
        lambda: tree.inclusion_proof([], 0),
        lambda: tree.consistency_proof(LEAVES[:3], 4),
    ],
)
def test_no_proof_is_made_of_what_is_not_there(asked: Callable[[], list[bytes]]) -> None:
    with pytest.raises(IndexError):
        asked()


def test_no_place_outside_the_tree_can_be_proved() -> None:
    with pytest.raises(BadProof, match="outside"):
        included(3, 3, [])


def test_an_older_tree_is_never_the_larger_one() -> None:
    with pytest.raises(BadProof, match="larger"):
        consistent(4, 3, [])
