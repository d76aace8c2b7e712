"""Addresses of the client's pages. Only those of links carry a token."""

from django.urls import path

from holdspace.front.portal import plans, sheets, views

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
    path("c/plan/", plans.plan, name="own_plan"),
    path("c/plan/news", plans.plan_news, name="own_plan_news"),
    path("c/plan/worker.js", plans.plan_worker, name="own_plan_worker"),
    path("c/plan/app.webmanifest", plans.plan_manifest, name="own_plan_manifest"),
    path("c/form/", sheets.sheet, name="own_sheet"),
    path("c/form/save", sheets.save, name="own_sheet_save"),
    path("c/form/news", sheets.news, name="own_sheet_news"),
    path("c/form/lend", sheets.lend, name="own_sheet_lend"),
    path("c/form/done", sheets.done, name="own_sheet_done"),
    path("c/form/<str:token>", sheets.link, name="sheet_link"),
    path("c/form/<str:token>/begin", sheets.open_link, name="sheet_open"),
    path("c/<str:token>/begin", views.open_link, name="checkin_open"),
    path("c/<str:token>", views.link, name="checkin_link"),
]
