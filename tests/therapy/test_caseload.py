"""Whose therapies are whose."""

from holdspace.frame.therapy import queries
from tests.cast import Cast


def test_a_therapist_sees_their_own_caseload(cast: Cast) -> None:
    titles = [therapy.title for therapy in queries.caseload(cast.visitor("mira"))]
    assert titles == ["Amara K.", "The Reyes family"]


def test_nobody_else_sees_it(cast: Cast) -> None:
    for name in ("olive", "sam", "bill", "audrey", "stranger"):
        assert queries.caseload(cast.visitor(name)) == []
