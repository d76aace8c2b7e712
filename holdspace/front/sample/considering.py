"""What happened outside the room, and what was considered, as the story tells it."""

from datetime import timedelta

from holdspace.front.sample.laying import Laying, Work
from holdspace.office.outcomes.models import Consideration, LifeEvent


def write(laying: Laying) -> None:
    for work in laying.works.values():
        for said in work.entry.get("events", ()):
            LifeEvent.objects.create(
                practice=laying.practice, therapy=work.row, words=said["says"],
                on=laying.weeks_ago(said["weeks_ago"]), noted_by=work.lead,
                noted_at=laying.at - timedelta(weeks=said["weeks_ago"]),
            )  # fmt: skip
        if "considered" in work.entry:
            _considered(laying, work)


def _considered(laying: Laying, work: Work) -> None:
    said = work.entry["considered"]
    Consideration.objects.create(
        practice=laying.practice, therapy=work.row, participant=next(iter(work.places.values())),
        areas=said["areas"], decided=said["says"], to_supervision=said["to_supervision"],
        considered_by=work.lead, considered_at=laying.at - timedelta(weeks=said["weeks_ago"]),
    )  # fmt: skip
