"""A client at their phone."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from holdspace.frame.practice.models import Practice
from holdspace.hour.measures.models import Answering, Giving
from tests.cast import Cast


@dataclass
class Phone:
    """A browser that comes with a link."""

    client: Client
    giving: Giving

    def open(self, **form: str) -> Any:
        return self.client.post(reverse("checkin_open", args=[self.giving.token]), form)

    def look(self, language: str = "") -> Any:
        query = {"language": language} if language else {}
        return self.client.get(reverse("checkin_link", args=[self.giving.token]), query)

    def get(self, name: str, *args: object, **query: str) -> Any:
        return self.client.get(reverse(name, args=args), query)

    def answer(self, number: int, value: object, **form: str) -> Any:
        href = reverse("checkin_item", args=[self.row.id, number])
        return self.client.post(href, {"answer": value, **form} if value is not None else form)

    @property
    def row(self) -> Answering:
        return Answering.objects.filter(giving=self.giving).order_by("order")[0]


def confirm_help(cast: Cast) -> None:
    """The owner has checked one number for the place, and one for another country."""
    number = {"verified_by": str(cast.olive.id), "verified_on": "2026-03-01"}
    practice = Practice.objects.get(pk=cast.practice.id)
    practice.choices = {
        "crisis_help": [
            {"country": "GB", "number": "01632 960960", "words": "The listening line", **number},
            {"country": "AT", "number": "0000", "words": "Elsewhere", **number},
            {"country": "GB", "number": "9999", "words": "Nobody checked this"},
        ]
    }
    practice.save()
