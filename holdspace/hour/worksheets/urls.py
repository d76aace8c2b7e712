"""Addresses of the forms and maps."""

from django.urls import path

from holdspace.hour.worksheets import views
from holdspace.hour.worksheets.views import changing, ecomap, family

urlpatterns = [
    path("therapies/<uuid:therapy>/forms", views.therapy_sheets, name="therapy_sheets"),
    path("therapies/<uuid:therapy>/forms/new", views.new_sheet, name="new_sheet"),
    path("therapies/<uuid:therapy>/forms/safety-plan", views.safety_plan, name="safety_plan"),
    path("forms/<uuid:sheet>", views.sheet, name="sheet"),
    path("forms/<uuid:sheet>/read", views.sheet_read, name="sheet_read"),
    path("forms/<uuid:sheet>/save", views.sheet_save, name="sheet_save"),
    path("forms/<uuid:sheet>/news", views.sheet_news, name="sheet_news"),
    path("forms/<uuid:sheet>/versions", views.sheet_versions, name="sheet_versions"),
    path("forms/<uuid:sheet>/pdf", views.sheet_pdf, name="sheet_pdf"),
    path("forms/<uuid:sheet>/keep", changing.sheet_keep, name="sheet_keep"),
    path("forms/<uuid:sheet>/go-on", changing.sheet_go_on, name="sheet_go_on"),
    path("forms/<uuid:sheet>/put-away", changing.sheet_put_away, name="sheet_put_away"),
    path("forms/<uuid:sheet>/hand", changing.sheet_hand, name="sheet_hand"),
    path("forms/<uuid:sheet>/family", family.family, name="family"),
    path("forms/<uuid:sheet>/family/change", family.family_change, name="family_change"),
    path("forms/<uuid:sheet>/family/file", family.family_file, name="family_file"),
    path("forms/<uuid:sheet>/family/pdf", family.family_pdf, name="family_pdf"),
    path("forms/<uuid:sheet>/ecomap", ecomap.ecomap, name="ecomap"),
    path("forms/<uuid:sheet>/ecomap/save", ecomap.ecomap_save, name="ecomap_save"),
    path(
        "forms/link/<uuid:link>/withdraw", changing.sheet_link_withdraw, name="sheet_link_withdraw"
    ),
]
