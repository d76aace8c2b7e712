"""Addresses of the diary."""

from django.urls import path

from holdspace.hour.encounters import views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("sessions/new/", views.new_session, name="new_session"),
    path("sessions/<uuid:session>/", views.session_page, name="session"),
    path("sessions/<uuid:session>/move/", views.session_move, name="session_move"),
    path("sessions/<uuid:session>/cancel/", views.session_cancel, name="session_cancel"),
    path("sessions/<uuid:session>/restore/", views.session_restore, name="session_restore"),
    path("sessions/<uuid:session>/attendance/", views.attendance, name="attendance"),
    path("sessions/<uuid:session>/times/", views.session_times, name="session_times"),
    path("sessions/<uuid:session>/part/", views.session_split, name="session_split"),
]
