"""How forms are shown: label, hint and error together, what was typed kept."""

import pytest
from django import forms
from django.template import Context, Template

from holdspace.cellar.ui.forms import (
    Answers,
    Chips,
    Day,
    FieldRenderer,
    Hour,
    ManyAnswers,
    ManyChips,
    Words,
)
from holdspace.cellar.ui.specimen import SpecimenForm


def shown(form: forms.Form) -> str:
    """Render a form as a page does."""
    form.renderer = FieldRenderer()
    return form.render()


def test_a_field_has_its_label_and_its_hint() -> None:
    html = shown(SpecimenForm())
    assert '<label for="id_name">Name</label>' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'id="id_name_helptext">As they wish to be called.' in html


def test_an_error_stands_with_its_field_and_is_announced_with_it() -> None:
    html = shown(SpecimenForm({"name": ""}))
    assert 'id="id_name_error"><li>This field is required.' in html
    assert 'aria-invalid="true"' in html
    assert "id_name_helptext id_name_error" in html


def test_what_was_typed_is_kept() -> None:
    assert "Kept words" in shown(SpecimenForm({"words": "Kept words"}))


def test_the_summary_leads_to_each_field() -> None:
    html = shown(SpecimenForm({"name": ""}))
    assert '<a href="#id_name">Name: This field is required.</a>' in html
    assert '<a href="#id_how_often_0">' in html
    assert 'id="id_how_often_0"' in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert "error-summary" not in shown(SpecimenForm())


def test_what_may_be_left_out_says_so() -> None:
    assert shown(SpecimenForm()).count("(optional)") == 3


def test_answers_are_a_group_with_large_targets() -> None:
    html = shown(SpecimenForm())
    assert "<legend>How often</legend>" in html
    assert html.count('class="answer"') == 4


def test_hidden_fields_and_errors_of_the_whole_form_are_shown() -> None:
    class Whole(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput)

        def clean(self) -> None:
            raise forms.ValidationError("These do not go together")

    html = shown(Whole({}))
    assert "These do not go together" in html
    assert 'type="hidden"' in html


def test_dates_and_hours_are_asked_for_as_the_browser_does() -> None:
    assert 'type="date"' in Day().render("d", "2026-11-23")
    assert 'type="time"' in Hour().render("t", "10:00")


def test_a_place_to_write_grows() -> None:
    assert "data-autosize" in Words({"rows": "4"}).render("w", "")
    assert 'rows="4"' in Words({"rows": "4"}).render("w", "")


@pytest.mark.parametrize(
    ("widget", "looks", "kind"),
    [
        (Answers, "answer", "radio"),
        (ManyAnswers, "answer", "checkbox"),
        (Chips, "chip", "radio"),
        (ManyChips, "chip", "checkbox"),
    ],
)
def test_one_or_several_are_chosen_of_what_is_large_or_short(
    widget: type[forms.RadioSelect], looks: str, kind: str
) -> None:
    class Asked(forms.Form):
        one = forms.ChoiceField(choices=[("a", "Now"), ("b", "Later")], widget=widget)

    html = shown(Asked())
    assert html.count(f'<label class="{looks}"') == 2
    assert html.count(f'type="{kind}"') == 2


def test_one_field_can_be_shown_alone() -> None:
    template = Template("{% load ui %}{% field form.name %}")
    assert 'for="id_name"' in template.render(
        Context({"form": SpecimenForm(renderer=FieldRenderer())})
    )
