"""The tables of therapies."""

from holdspace.frame.therapy.models.safety import SafetyEntry, SafetyItem, SafetyStep
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
    "SafetyEntry",
    "SafetyItem",
    "SafetyStep",
    "Stay",
    "Therapist",
    "Therapy",
    "Tied",
]
