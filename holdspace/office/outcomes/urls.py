"""Addresses of outcomes added up, of the workbench, and of courses with their signals."""

from django.urls import path

from holdspace.office.outcomes.views import course, national, service, workbench

urlpatterns = [
    path("outcomes/", service.own, name="outcomes"),
    path("outcomes/report.pdf", service.own_pdf, name="outcomes_pdf"),
    path("outcomes/practice/", service.whole, name="outcomes_service"),
    path("outcomes/practice/report.pdf", service.whole_pdf, name="outcomes_service_pdf"),
    path("outcomes/england/", national.beside_england, name="outcomes_national"),
    path("outcomes/england/report.pdf", national.beside_england_pdf, name="outcomes_national_pdf"),
    path("outcomes/workbench/", workbench.workbench, name="workbench"),
    path("outcomes/workbench/file", workbench.bring_file, name="bring_file"),
    path("outcomes/workbench/rows", workbench.bring_rows, name="bring_rows"),
    path("outcomes/workbench/<uuid:table>/", workbench.table, name="table"),
    path("outcomes/workbench/<uuid:table>/away", workbench.take_away, name="table_away"),
    path("outcomes/workbench/<uuid:table>/results.csv", workbench.as_csv, name="table_csv"),
    path("outcomes/workbench/<uuid:table>/report.pdf", workbench.as_pdf, name="table_pdf"),
    path("therapies/<uuid:therapy>/course/", course.therapy_course, name="therapy_course"),
    path("therapies/<uuid:therapy>/course/report.pdf", course.course_pdf, name="course_pdf"),
    path("therapies/<uuid:therapy>/course/events", course.event_add, name="event_add"),
    path("therapies/<uuid:therapy>/course/signals", course.therapy_signals, name="therapy_signals"),
    path("events/<uuid:event>/void", course.event_void, name="event_void"),
    path("participants/<uuid:participant>/consider/", course.consider, name="consider"),
    path("practice/signals/", course.practice_signals, name="practice_signals"),
    path("purpose/", course.purpose, name="purpose"),
]
