"""Addresses of therapies."""

from django.urls import path

from holdspace.frame.therapy.views import agreement, beginning, people, safety, showing, units

urlpatterns = [
    path("therapies/new/", beginning.new_therapy, name="new_therapy"),
    path("therapies/<uuid:therapy>/", showing.therapy, name="therapy"),
    path("therapies/<uuid:therapy>/people/", people.therapy_people, name="therapy_people"),
    path("therapies/<uuid:therapy>/team/", people.therapy_team, name="therapy_team"),
    path("therapies/<uuid:therapy>/facts/", people.therapy_facts, name="therapy_facts"),
    path("therapies/<uuid:therapy>/frame/", agreement.therapy_frame, name="therapy_frame"),
    path("therapies/<uuid:therapy>/state/", agreement.therapy_state, name="therapy_state"),
    path("therapies/<uuid:therapy>/title/", agreement.therapy_title, name="therapy_title"),
    path("therapies/<uuid:therapy>/choices/", agreement.therapy_choices, name="therapy_choices"),
    path("therapies/<uuid:therapy>/brings/", agreement.therapy_brings, name="therapy_brings"),
    path("therapies/<uuid:therapy>/aims/", agreement.therapy_aims, name="therapy_aims"),
    path("therapies/<uuid:therapy>/homes/", units.home_add, name="home_add"),
    path("therapies/<uuid:therapy>/secrets/", units.agreement_set, name="agreement_set"),
    path("therapies/<uuid:therapy>/places/", units.therapy_roster, name="therapy_roster"),
    path("therapies/<uuid:therapy>/go-on/", units.therapy_go_on, name="therapy_go_on"),
    path("agreements/<uuid:agreement>/also/", units.agreement_also, name="agreement_also"),
    path("stays/<uuid:stay>/end/", units.end_stay, name="end_stay"),
    path("participants/<uuid:participant>/end/", people.end_participant, name="end_participant"),
    path("seats/<uuid:seat>/end/", people.end_therapist, name="end_therapist"),
    path("facts/<uuid:fact>/end/", people.end_fact, name="end_fact"),
    path("therapies/<uuid:therapy>/safety/", safety.therapy_safety, name="therapy_safety"),
    path("therapies/<uuid:therapy>/safety/new/", safety.safety_new, name="safety_new"),
    path("therapies/<uuid:therapy>/crisis/", safety.crisis, name="crisis"),
    path("safety/<uuid:item>/", safety.safety_item, name="safety_item"),
    path("safety/<uuid:item>/add/", safety.safety_add, name="safety_add"),
    path("safety/<uuid:item>/step/", safety.safety_step, name="safety_step"),
    path("safety/<uuid:item>/close/", safety.safety_close, name="safety_close"),
    path("safety/<uuid:item>/reopen/", safety.safety_reopen, name="safety_reopen"),
    path("safety/steps/<uuid:step>/done", safety.safety_step_done, name="safety_step_done"),
]
