"""What units of several have beside, and something about safety, among the cells."""

from holdspace.frame.therapy.actions import open_safety
from holdspace.frame.therapy.models import AgreedBy, Agreement, Home, SafetyItem, Stay
from holdspace.frame.therapy.safety import Enquiry
from tests.cast import A_YEAR_AGO, NOW, Cast


def a_stay(cast: Cast) -> Stay:
    home = Home.objects.create(practice=cast.practice, therapy=cast.reyes, name="with Luz")
    return Stay.objects.create(
        practice=cast.practice,
        home=home,
        participant=cast.participant("reyes"),
        words="at weekends",
        from_on=A_YEAR_AGO,
    )


def an_agreement(cast: Cast) -> Agreement:
    agreement = Agreement.objects.create(
        practice=cast.practice,
        therapy=cast.reyes,
        rule="no secrets",
        channels=["sessions"],
        words="We hold nothing back from each other here.",
        from_on=A_YEAR_AGO,
    )
    AgreedBy.objects.create(
        practice=cast.practice,
        agreement=agreement,
        participant=cast.participant("reyes"),
        on=A_YEAR_AGO,
        means="said",
    )
    return agreement


def a_safety_item(cast: Cast) -> SafetyItem:
    said = Enquiry(words={"said": "I would rather not wake up."})
    return open_safety(cast.amara.id, said, by=cast.visitor("mira"), at=NOW)
