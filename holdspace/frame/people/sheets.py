"""A page with one form: shown, tried, and shown again with the reason where it cannot be."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from holdspace.cellar.access.doors import Asked
from holdspace.frame.people.forms import tried
from holdspace.frame.people.labels import Label

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Sheet:
    """What such a page says around its form, and where it leads."""

    heading: Label
    save: Label
    back_href: str
    over: str = ""  # whom it is about: veiled
    lead: Label = ""
    is_grave: bool = False


def filled(
    request: Asked, form: forms.Form, sheet: Sheet, act: Callable[[], object]
) -> HttpResponse:
    """Do what the form says and go back, or show it."""
    if request.method == "POST" and tried(form, act) is not None:
        return redirect(sheet.back_href)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "people/sheet.html", {"sheet": sheet, "form": form}, status=status)
