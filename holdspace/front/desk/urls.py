"""Addresses of the desk."""

from django.urls import path

from holdspace.front.desk import views

urlpatterns = [
    path("", views.today, name="today"),
    path("today/news", views.today_news, name="today_news"),
    path("caseload/", views.caseload, name="caseload"),
    path("sessions/<uuid:session>/prepare/", views.prepare, name="prepare"),
    path("sessions/<uuid:session>/room/", views.room, name="room"),
    path("sessions/<uuid:session>/room/open", views.open_room, name="open_room"),
    path("sessions/<uuid:session>/room/extend", views.extend_room, name="extend_room"),
    path("sessions/<uuid:session>/room/end", views.end_room, name="end_room"),
    path("sessions/<uuid:session>/room/grounding/", views.grounding, name="grounding"),
    path("sessions/<uuid:session>/room/scribe/", views.scribe, name="scribe"),
    path("sessions/<uuid:session>/room/scribe/open", views.open_scribe, name="open_scribe"),
    path("sessions/<uuid:session>/done", views.say_done, name="say_done"),
    path("sessions/<uuid:session>/room/share", views.share, name="share"),
    path("shared/", views.shared, name="shared"),
    path("shared/leave/", views.leave_shared, name="leave_shared"),
    path("sessions/<uuid:session>/after/", views.after, name="after"),
    path("sessions/<uuid:session>/after/write", views.write_after, name="write_after"),
    path("held/", views.held, name="held"),
    path("book/", views.book, name="book"),
]
