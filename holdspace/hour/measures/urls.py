"""Addresses of the measures room."""

from django.urls import path

from holdspace.hour.measures import views
from holdspace.hour.measures.views import agreeing, shelf

urlpatterns = [
    path("therapy/<uuid:therapy>/measures/", views.therapy_measures, name="therapy_measures"),
    path("therapy/<uuid:therapy>/measures/give/", views.give, name="give"),
    path("therapy/<uuid:therapy>/measures/rule/", views.rule_add, name="rule_add"),
    path("therapy/<uuid:therapy>/measures/offered/", agreeing.rule_offered, name="rule_offered"),
    path("therapy/<uuid:therapy>/measures/paper/<str:instrument>/", views.paper, name="paper"),
    path(
        "therapy/<uuid:therapy>/measures/own/<uuid:participant>/<str:kind>/",
        agreeing.own_words,
        name="own_words",
    ),
    path(
        "therapy/<uuid:therapy>/measures/paper/<str:instrument>/total/",
        views.paper_total,
        name="paper_total",
    ),
    path("therapy/<uuid:therapy>/measures/showing/", agreeing.showing, name="showing"),
    path("measures/batteries/", agreeing.batteries, name="batteries"),
    path("measures/battery/<uuid:battery>/end/", agreeing.end_battery, name="end_battery"),
    path("measures/shelf/", shelf.instruments, name="instruments"),
    path("measures/shelf/<str:name>/", shelf.instrument, name="instrument"),
    path("measures/files/", shelf.files, name="instrument_files"),
    path("measures/files/<uuid:file>/take-away/", shelf.take_away, name="take_away_instrument"),
    path("measures/rule/<uuid:rule>/end/", views.rule_end, name="rule_end"),
    path("measures/given/<uuid:giving>/withdraw/", views.withdraw, name="withdraw_giving"),
    path("measures/given/<uuid:giving>/link/", agreeing.show_link, name="show_link"),
    path("measures/given/<uuid:giving>/tablet/", agreeing.hand_over, name="hand_over"),
    path("measures/due/<uuid:session>/", views.give_due, name="give_due"),
    path("measures/answers/<uuid:answering>/", views.answering, name="answering"),
    path("measures/flag/<uuid:flag>/", views.flag, name="flag"),
    path("measures/flag/<uuid:flag>/seen/", views.flag_seen, name="flag_seen"),
]
