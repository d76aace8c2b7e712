"""Addresses of the diary."""

from django.urls import path

from holdspace.hour.encounters.views import diary, guests

urlpatterns = [
    path("calendar/", diary.calendar, name="calendar"),
    path("sessions/new/", diary.new_session, name="new_session"),
    path("sessions/<uuid:session>/", diary.session_page, name="session"),
    path("sessions/<uuid:session>/move/", diary.session_move, name="session_move"),
    path("sessions/<uuid:session>/cancel/", diary.session_cancel, name="session_cancel"),
    path("sessions/<uuid:session>/restore/", diary.session_restore, name="session_restore"),
    path("sessions/<uuid:session>/attendance/", diary.attendance, name="attendance"),
    path("sessions/<uuid:session>/times/", diary.session_times, name="session_times"),
    path("sessions/<uuid:session>/part/", diary.session_split, name="session_split"),
    path("sessions/<uuid:session>/guests/", guests.session_guest, name="session_guest"),
    path("guests/<uuid:guest>/mistaken/", guests.guest_mistaken, name="guest_mistaken"),
]
