"""The tables of therapies."""

from holdspace.frame.therapy.models.therapies import (
    Aim,
    Fact,
    Frame,
    Participant,
    Therapist,
    Therapy,
)
from holdspace.frame.therapy.models.units import AgreedBy, Agreement, Home, Stay, Tied

__all__ = [
    "AgreedBy",
    "Agreement",
    "Aim",
    "Fact",
    "Frame",
    "Home",
    "Participant",
    "Stay",
    "Therapist",
    "Therapy",
    "Tied",
]
