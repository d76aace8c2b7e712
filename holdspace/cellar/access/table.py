"""Who may do what: one table, read by one gate. What is not written here is not allowed.

A row says: somebody in this role, who stands in this relation to the thing, may do these actions
to it where it lies on one of these layers. Upper rooms find out the relations; nobody adds rows
at run time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from holdspace.cellar.vault.layers import Layer


class Role(StrEnum):
    """What somebody is, in words that a manager understands."""

    OWNER = "owner"  # runs the practice; reads nobody's words by that
    THERAPIST = "therapist"  # works with clients
    TRAINEE = "trainee"  # works with clients under supervision
    SUPERVISOR = "supervisor"  # sees what is brought, what awaits a signature, open safety
    RECEPTION = "reception"  # takes enquiries; sees times and names
    BILLER = "biller"  # sees sessions held and fees
    AUDITOR = "auditor"  # reads the ledger
    SHARED_SCREEN = "shared screen"  # a therapist's browser that is turned to the client
    CLIENT = "client"  # a participant who signed in, or who came by a link
    NOBODY = "nobody"


class Relation(StrEnum):
    """How somebody stands to the thing in question."""

    SAME_PRACTICE = "same practice"
    THERAPIST_OF = "therapist of"
    AUTHOR_OF = "author of"
    INVITED_TO = "invited to"
    SELF = "self"


class Action(StrEnum):
    """What can be done."""

    FIND = "find"  # learn that it exists
    READ = "read"
    WRITE = "write"
    SIGN = "sign"
    PLAN = "plan"  # sessions in the diary
    ATTEND = "attend"  # hold a session, say who was there
    GIVE = "give"  # a questionnaire
    ANSWER = "answer"  # one that was given
    FILL = "fill"  # a form or a map
    TAKE_IN = "take in"  # match an enquiry across the practice, begin a therapy
    CONFIGURE = "configure"  # the practice's choices
    INVITE = "invite"  # members, and end their access
    COUNT = "count"  # sessions held and fees
    AUDIT = "audit"  # read the ledger
    SURVEY = "survey"  # outcomes added up, in numbers that name nobody


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    roles: frozenset[Role]
    relation: Relation
    layers: frozenset[Layer]
    actions: frozenset[Action]


def _row(
    roles: Iterable[Role], relation: Relation, layers: Iterable[Layer], actions: Iterable[Action]
) -> Row:
    return Row(frozenset(roles), relation, frozenset(layers), frozenset(actions))


R, L, A, REL = Role, Layer, Action, Relation
CLINICAL = {R.THERAPIST, R.TRAINEE}
EVERY_MEMBER = {
    R.OWNER, R.THERAPIST, R.TRAINEE, R.SUPERVISOR, R.RECEPTION, R.BILLER, R.AUDITOR,
}  # fmt: skip

TABLE: tuple[Row, ...] = (
    # A therapy's own people.
    _row(CLINICAL, REL.THERAPIST_OF, {L.ADMIN, L.RECORD, L.SHARED},
         {A.FIND, A.READ, A.WRITE, A.FILL, A.PLAN, A.ATTEND, A.GIVE}),
    _row(CLINICAL, REL.THERAPIST_OF, {L.CLIENT}, {A.FIND, A.READ}),
    _row(CLINICAL, REL.AUTHOR_OF, {L.RECORD}, {A.SIGN}),
    _row(CLINICAL, REL.AUTHOR_OF, {L.PRIVATE}, {A.FIND, A.READ, A.WRITE, A.FILL}),
    # A screen that is turned to the client shows what both may see, of this therapy alone.
    _row({R.SHARED_SCREEN}, REL.THERAPIST_OF, {L.SHARED, L.CLIENT}, {A.FIND, A.READ, A.FILL}),
    # The desk: times and names, no words.
    _row({R.RECEPTION, R.OWNER}, REL.SAME_PRACTICE, {L.ADMIN},
         {A.FIND, A.READ, A.WRITE, A.PLAN, A.TAKE_IN}),
    _row(CLINICAL, REL.SAME_PRACTICE, {L.ADMIN}, {A.TAKE_IN}),
    _row({R.BILLER}, REL.SAME_PRACTICE, {L.ADMIN}, {A.COUNT}),
    _row({R.AUDITOR, R.OWNER}, REL.SAME_PRACTICE, {L.ADMIN}, {A.AUDIT}),
    _row({R.OWNER}, REL.SAME_PRACTICE, {L.ADMIN}, {A.CONFIGURE, A.INVITE}),
    # Outcomes added up: of the whole practice, small numbers left out; of one's own work.
    _row({R.OWNER}, REL.SAME_PRACTICE, {L.ADMIN}, {A.SURVEY}),
    _row(CLINICAL, REL.SELF, {L.ADMIN}, {A.SURVEY}),
    # Tables of scores that an owner brings to the workbench, for their own eyes.
    _row({R.OWNER}, REL.AUTHOR_OF, {L.PRIVATE}, {A.FIND, A.READ, A.WRITE}),
    # Everybody's own page, sign-in and sessions.
    _row(EVERY_MEMBER, REL.SELF, {L.ADMIN}, {A.READ, A.WRITE}),
    # Clients: what was given to them to answer or to fill in, and what is their own.
    _row({R.CLIENT}, REL.INVITED_TO, {L.SHARED}, {A.READ, A.ANSWER, A.FILL}),
    _row({R.CLIENT}, REL.INVITED_TO, {L.CLIENT}, {A.READ, A.FILL}),
)  # fmt: skip


def allowed(
    roles: frozenset[Role], relations: Iterable[Relation], layer: Layer, action: Action
) -> bool:
    """Whether some row of the table says yes."""
    stands = frozenset(relations)
    return any(
        row.relation in stands
        and layer in row.layers
        and action in row.actions
        and not row.roles.isdisjoint(roles)
        for row in TABLE
    )


def ways(roles: frozenset[Role], layer: Layer, action: Action) -> frozenset[Relation]:
    """The relations through which these roles may do this: what a list is filtered by."""
    return frozenset(
        row.relation
        for row in TABLE
        if layer in row.layers and action in row.actions and not row.roles.isdisjoint(roles)
    )
