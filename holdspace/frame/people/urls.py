"""Addresses of persons."""

from django.urls import path

from holdspace.frame.people import views

urlpatterns = [
    path("people/", views.find_person, name="find_person"),
    path("people/<uuid:person>/", views.person, name="person"),
    path("people/<uuid:person>/describe/", views.describe_person, name="describe_person"),
    path("people/<uuid:person>/reach/", views.add_contact_point, name="add_contact_point"),
    path("reach/<uuid:point>/", views.change_contact_point, name="change_contact_point"),
    path("reach/<uuid:point>/end/", views.end_contact_point, name="end_contact_point"),
]
