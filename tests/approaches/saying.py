"""What is said of an approach and of a voice of a practice's own."""

from dataclasses import replace
from typing import Any

from holdspace.frame.approaches import actions
from holdspace.frame.approaches.models import OwnApproach, OwnVoice
from holdspace.frame.approaches.rules import Described, StepSaid, VoiceSaid
from holdspace.frame.approaches.words import in_languages
from tests.cast import NOW, Cast

GARDEN = Described(
    name="Garden hour", family="other_and_allied", stance="facilitative", structure="structured",
    voice="counselling", note_format="three_line",
    hour=[StepSaid(10, "Walking in"), StepSaid(30, "Digging"), StepSaid(10, "Tea")],
    techniques=["Digging beside", "Naming plants"], artefacts=["journal"], measures=["phq9"],
)  # fmt: skip


def a_voice_without(*slots: str, name: str = "Person-centred", **words: str) -> VoiceSaid:
    """The counselling voice with some slots silent, and other words for some."""
    said: dict[str, Any] = {
        **in_languages("counselling"),
        **{slot: dict.fromkeys(("en", "de", "es")) for slot in slots},
        **{slot: dict.fromkeys(("en", "de", "es"), word) for slot, word in words.items()},
    }
    return VoiceSaid(name, said)


def an_approach(cast: Cast, **more: Any) -> OwnApproach:
    return actions.write_approach(replace(GARDEN, **more), by=cast.visitor("olive"), at=NOW)


def a_voice(cast: Cast, said: VoiceSaid | None = None) -> OwnVoice:
    wanted = said or a_voice_without("aim", "aims", "measure", "between")
    return actions.write_voice(wanted, by=cast.visitor("olive"), at=NOW)
