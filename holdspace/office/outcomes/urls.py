"""Addresses of courses and their signals."""

from django.urls import path

from holdspace.office.outcomes.views import course

urlpatterns = [
    path("therapies/<uuid:therapy>/course/", course.therapy_course, name="therapy_course"),
    path("therapies/<uuid:therapy>/course/report.pdf", course.course_pdf, name="course_pdf"),
    path("therapies/<uuid:therapy>/course/events", course.event_add, name="event_add"),
    path("therapies/<uuid:therapy>/course/signals", course.therapy_signals, name="therapy_signals"),
    path("events/<uuid:event>/void", course.event_void, name="event_void"),
    path("participants/<uuid:participant>/consider/", course.consider, name="consider"),
    path("practice/signals/", course.practice_signals, name="practice_signals"),
    path("purpose/", course.purpose, name="purpose"),
]
