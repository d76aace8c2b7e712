"""One of every kind of record, about the therapy that Mira works in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from holdspace.cellar.post.actions import queue_letter
from holdspace.cellar.post.models import Letter
from holdspace.frame.approaches.models import OwnApproach, OwnVoice
from holdspace.frame.people.models import ContactPoint
from holdspace.frame.practice.models import Invitation, Room, Site
from holdspace.frame.therapy.models import (
    AgreedBy,
    Agreement,
    Aim,
    Fact,
    Frame,
    Home,
    Participant,
    SafetyEntry,
    SafetyItem,
    SafetyStep,
    Stay,
    Therapist,
    Therapy,
    Tied,
)
from holdspace.hour.encounters.models import Attendance, Done, Guest, Part, Series, Session
from holdspace.hour.measures.models import (
    Answering,
    Battery,
    Giving,
    LocalFile,
    OwnWords,
    Rule,
    SafetyFlag,
)
from holdspace.hour.measures.personal import Kind
from holdspace.hour.notes.models import Addendum, Note, Version
from holdspace.hour.notes.rules import empty
from holdspace.hour.worksheets.models import SheetLink, Worksheet, WorksheetVersion
from holdspace.office.outcomes import actions as outcomes
from holdspace.office.outcomes.models import (
    Consideration,
    Import,
    LifeEvent,
    SummaryMark,
    Switch,
)
from tests.access.forms import a_map, a_sheet, a_sheet_link
from tests.access.units import a_safety_item, a_stay, an_agreement
from tests.approaches.saying import a_voice, an_approach
from tests.cast import A_YEAR_AGO, NOW, TODAY, Cast, a_session, a_therapy
from tests.measures.own import OWN

TOKEN = "a-token-that-somebody-was-given-for-a-check-in"
EXPIRED_TOKEN = "a-token-that-ended-some-time-ago-as-tokens-do"
INVITATION = "a-token-that-somebody-was-given-to-become-a-member"


@dataclass
class Cells:
    """The records that the addresses are tried with."""

    participant: Participant
    therapist: Therapist
    frame: Frame
    fact: Fact
    aim: Aim
    point: ContactPoint
    invitation: Invitation
    site: Site
    room: Room
    planned: Session
    series: Series
    draft: Note
    signed: Note
    voided: Note
    rule: Rule
    battery: Battery
    own_words: OwnWords
    giving: Giving
    expired: Giving
    answering: Answering
    flag: SafetyFlag
    safety: SafetyItem
    safety_step: SafetyStep
    letter: Letter
    file: LocalFile
    table: Import
    mark: SummaryMark
    event: LifeEvent
    consideration: Consideration
    switch: Switch
    sheet: Worksheet
    genogram: Worksheet
    ecomap: Worksheet
    put_away: Worksheet
    sheet_link: SheetLink
    approach: OwnApproach
    voice: OwnVoice
    done: Done
    group: Therapy
    stay: Stay
    agreement: Agreement
    tied: Tied
    guest: Guest

    @classmethod
    def about(cls, cast: Cast) -> "Cells":
        of = {"practice": cast.practice, "therapy": cast.amara}
        participant = cast.participant()
        planned = a_session(cast.amara, NOW + timedelta(days=7))
        Part.objects.create(
            practice=cast.practice,
            session=cast.session,
            number=1,
            therapy_id=cast.amara.id,
            others="an interpreter",
        )
        sheet = a_sheet(cast, participant)
        giving = a_giving(cast, participant, TOKEN, NOW + timedelta(days=3650))
        answering = an_answering(cast, giving)
        signed = a_note(cast, cast.session, "signed")
        Addendum.objects.create(
            practice=cast.practice,
            note=signed,
            scope=signed.seal_scope(),
            author=cast.mira,
            words="She said it was her aunt.",
            reason="left out",
            signed_at=NOW,
        )
        return cls(
            participant=participant,
            therapist=Therapist.objects.get(therapy=cast.amara),
            frame=Frame.objects.get(therapy=cast.amara),
            fact=Fact.objects.create(
                practice=cast.practice,
                participant=participant,
                kind="court order",
                words="no address",
                from_on=TODAY,
            ),
            aim=Aim.objects.create(**of, words="Say no without leaving", since=TODAY),
            point=ContactPoint.objects.create(
                practice=cast.practice,
                person=participant.person,
                kind="mobile",
                value="+447700900123",
                safe="ask",
                how="text only",
                from_at=NOW,
            ),
            invitation=an_invitation(cast),
            site=Site.objects.get(practice=cast.practice),
            room=cast.room,
            planned=planned,
            series=Series.objects.create(
                **of,
                rule="FREQ=WEEKLY;COUNT=12",
                first_local="2026-03-09T10:00",
                time_zone="Europe/London",
                minutes=50,
            ),
            draft=a_draft(cast, planned),
            signed=signed,
            voided=a_note(cast, cast.session, "voided"),
            rule=Rule.objects.create(
                **of,
                participant=participant,
                instrument="phq9",
                when="before each session",
                from_on=A_YEAR_AGO,
            ),
            battery=Battery.objects.create(
                practice=cast.practice, name="Two at once", instruments=["phq9"], since=NOW
            ),
            own_words=OwnWords.objects.create(
                **of, participant=participant, kind=Kind.GOALS.value, words=["Sleep."], since=NOW
            ),
            giving=giving,
            expired=a_giving(cast, participant, EXPIRED_TOKEN, NOW - timedelta(days=3650)),
            answering=answering,
            safety=(safety := a_safety_item(cast)),
            safety_step=SafetyStep.objects.create(
                practice=cast.practice,
                item=safety,
                scope=safety.seal_scope(),
                words="Ring the GP",
                owner=cast.mira,
                due_at=NOW + timedelta(days=1),
            ),
            flag=SafetyFlag.objects.create(
                practice=cast.practice,
                answering=answering,
                therapy_id=cast.amara.id,
                participant=participant,
                item="q9",
                raised_at=NOW,
                what={
                    "text": "Thoughts that you would be better off dead",
                    "answers": [{"value": 1, "words": "Several days", "at": NOW.isoformat()}],
                },
            ),
            letter=a_letter(),
            file=an_instrument_of(cast),
            table=a_table(cast),
            mark=SummaryMark.objects.create(practice=cast.practice, as_of=NOW, changed_at=NOW),
            event=LifeEvent.objects.create(
                **of, on=TODAY, words="moved house", noted_at=NOW, noted_by=cast.mira
            ),
            consideration=Consideration.objects.create(
                **of,
                participant=participant,
                signals=[],
                areas=["life"],
                decided="Ask first.",
                considered_at=NOW,
                considered_by=cast.mira,
            ),
            approach=an_approach(cast),
            voice=a_voice(cast),
            done=Done.objects.create(
                practice=cast.practice,
                session=cast.session,
                therapy_id=cast.amara.id,
                approach="cbt",
                technique="exposure",
                said_at=NOW,
            ),
            switch=Switch.objects.create(
                **of, kind="missing answers", off_at=NOW, off_by=cast.mira
            ),
            sheet=sheet,
            genogram=a_map(
                cast, participant, "genogram", {"people": [{"id": "p1", "name": "Ada"}]}
            ),
            ecomap=a_map(cast, participant, "ecomap", {"home": ["Ada"]}),
            put_away=a_sheet(
                cast,
                participant,
                state="put away",
                put_away_at=NOW,
                put_away_by=cast.mira,
                put_away_because="in the wrong place",
            ),
            sheet_link=a_sheet_link(cast, sheet),
            group=a_therapy(
                cast.mira,
                "Tuesday group",
                "Ann Lee",
                "Bo Lund",
                unit="group",
                ended_words="by agreement",
            ),
            stay=a_stay(cast),
            agreement=an_agreement(cast),
            tied=Tied.objects.create(
                practice=cast.practice,
                first=cast.amara,
                second=cast.reyes,
                tie="beside",
                since=TODAY,
            ),
            guest=Guest.objects.create(
                practice=cast.practice,
                session=cast.session,
                therapy_id=cast.amara.id,
                role="interpreter",
                name="Ines Prado",
            ),
        )

    def of_each_kind(self) -> list[object]:
        return [
            *vars(self).values(),
            Attendance.objects.first(),
            Version.objects.first(),
            WorksheetVersion.objects.first(),
            Part.objects.first(),
            Addendum.objects.first(),
            Home.objects.first(),
            AgreedBy.objects.first(),
            SafetyEntry.objects.first(),
        ]


def an_instrument_of(cast: Cast) -> LocalFile:
    return LocalFile.objects.create(
        practice=cast.practice,
        kind="definition",
        instrument="evenings",
        version="1",
        text=OWN,
        loaded_at=NOW,
        loaded_by=cast.olive,
    )


def a_note(cast: Cast, session: Session, state: str) -> Note:
    more: dict[str, object] = {}
    if state != "draft":
        more = {"signed_at": NOW, "signed_by": cast.mira, "signed_hash": b"a hash"}
    if state == "voided":
        more |= {"voided_at": NOW, "voided_by": cast.mira, "void_reason": "in the wrong place"}
    return Note.objects.create(
        practice=cast.practice,
        therapy=cast.amara,
        session=session,
        author=cast.mira,
        format="three_line",
        state=state,
        content=empty("three_line") | {"thread": "the bridge again"},
        began_at=NOW,
        saved_at=NOW,
        **more,
    )


def a_draft(cast: Cast, session: Session) -> Note:
    note = a_note(cast, session, "draft")
    Version.objects.create(
        practice=cast.practice,
        note=note,
        scope=note.seal_scope(),
        number=1,
        tab="a tab",
        saved_at=NOW,
        saved_by=cast.mira,
        content=note.content,
    )
    return note


def a_giving(cast: Cast, participant: Participant, token: str, ends_at: datetime) -> Giving:
    return Giving.objects.create(
        practice=cast.practice,
        therapy=cast.amara,
        participant=participant,
        session=cast.session,
        given_by=cast.mira,
        given_at=NOW,
        token=token,
        token_hash=sha256(token.encode()).digest(),
        ends_at=ends_at,
    )


def an_answering(cast: Cast, giving: Giving) -> Answering:
    return Answering.objects.create(
        practice=cast.practice,
        giving=giving,
        therapy_id=cast.amara.id,
        participant=giving.participant,
        instrument="phq9",
        instrument_version="1",
        language="en",
        answers={"q1": 2},
    )


def an_invitation(cast: Cast) -> Invitation:
    return Invitation.objects.create(
        practice=cast.practice,
        name="New Colleague",
        email="new@linden.example",
        roles=["therapist"],
        token_hash=sha256(INVITATION.encode()).digest(),
        invited_by=cast.olive,
        invited_at=NOW,
        ends_at=NOW + timedelta(days=3650),
    )


def a_table(cast: Cast) -> Import:
    """Brought by Mira, and read."""
    rows = b"who,when,score\n1,a,20\n1,b,4\n2,a,18\n2,b,19\n3,a,11\n3,b,3\n"
    by = cast.visitor("mira")
    table = outcomes.bring(outcomes.Brought("scores.csv", rows), by=by, at=NOW)
    said = {"shape": "long", "person": "who", "time": "when", "score": "score", "first": "a",
            "last": "b", "direction": "higher_worse", "methods": [], "percent": 50.0}  # fmt: skip
    return outcomes.read_as(table.id, said, by=by, at=NOW)


def a_letter() -> Letter:
    return queue_letter(
        "account/email/password_reset_key",
        address="mira@linden.example",
        house="https://testserver/",
        language="en-gb",
        at=NOW,
        lasts=timedelta(hours=1),
    )
