"""Addresses of the client's pages. Only the first two carry a token."""

from django.urls import path

from holdspace.front.portal import views

urlpatterns = [
    path("c/tablet/", views.tablet, name="checkin_tablet"),
    path("c/go-on/", views.resume, name="checkin"),
    path("c/ahead/", views.ahead, name="checkin_ahead"),
    path("c/review/", views.review, name="checkin_review"),
    path("c/not-this-time/", views.not_this_time, name="checkin_decline"),
    path("c/done/", views.done, name="checkin_done"),
    path("c/help/", views.find_help, name="checkin_help"),
    path("c/q/<uuid:answering>/<int:number>/", views.item, name="checkin_item"),
    path("c/q/<uuid:answering>/<int:number>/care/", views.after_flag, name="checkin_care"),
    path("c/<str:token>/begin", views.open_link, name="checkin_open"),
    path("c/<str:token>", views.link, name="checkin_link"),
]
