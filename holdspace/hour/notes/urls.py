"""Addresses of the notes."""

from django.urls import path

from holdspace.hour.notes.views import changing, reading, writing

urlpatterns = [
    path("notes/new", writing.new_note, name="new_note"),
    path("notes/draft-key", writing.draft_key, name="draft_key"),
    path("notes/search", reading.note_search, name="note_search"),
    path("notes/<uuid:note>", reading.note, name="note"),
    path("notes/<uuid:note>/save", writing.note_save, name="note_save"),
    path("notes/<uuid:note>/sign", writing.note_sign, name="note_sign"),
    path("notes/<uuid:note>/discard", changing.note_discard, name="note_discard"),
    path("notes/<uuid:note>/move", changing.note_move, name="note_move"),
    path("notes/<uuid:note>/addendum", changing.note_addendum, name="note_addendum"),
    path("notes/<uuid:note>/void", changing.note_void, name="note_void"),
    path("therapies/<uuid:therapy>/notes", reading.therapy_notes, name="therapy_notes"),
]
