"""Sealed columns: words in, envelopes in the database, and nothing opens out of its place."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection

from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.fields import Envelope, Sealed, SealedBytes, SealedText, sealed_fields
from holdspace.cellar.vault.keyring import KeyDestroyed
from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.sealing import CannotOpen
from holdspace.frame.practice.models import Practice, Room, Site
from tests.cast import NOW, Cast

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def site(cast: Cast) -> Site:
    made = Site.objects.create(practice=cast.practice, name="The Linden", address="1 Lime Walk")
    return Site.objects.get(pk=made.pk)


def put(site: Site, **columns: Any) -> Site:
    """Write past Django, as somebody with the database in hand would; then read again."""
    for column, value in columns.items():
        with connection.cursor() as cursor:
            where = f"UPDATE practice_site SET {column} = %s WHERE id = %s"
            row = site.pk if connection.vendor == "postgresql" else site.pk.hex
            cursor.execute(where, [value, row])
    return Site.objects.get(pk=site.pk)


def raw(site: Site, column: str) -> bytes:
    with connection.cursor() as cursor:
        row = site.pk if connection.vendor == "postgresql" else site.pk.hex
        cursor.execute(f"SELECT {column} FROM practice_site WHERE id = %s", [row])
        return bytes(cursor.fetchone()[0])


def test_words_come_out_as_they_went_in(site: Site) -> None:
    assert (site.name, site.address) == ("The Linden", "1 Lime Walk")


def test_the_database_holds_no_words(site: Site) -> None:
    assert b"Linden" not in raw(site, "name")
    assert raw(site, "name")[0] == 1


def test_structured_words_come_out_as_they_went_in(cast: Cast) -> None:
    said = {"list": [1, None, "ä"], "yes": True}
    Practice.objects.get(pk=cast.practice.pk)
    cast.practice.choices = said
    cast.practice.save()
    assert Practice.objects.get(pk=cast.practice.pk).choices == said


def test_pictures_come_out_as_they_went_in() -> None:
    field = SealedBytes()
    assert field.from_bytes(field.to_bytes(b"\x00\xff")) == b"\x00\xff"


def test_a_default_may_be_words() -> None:
    assert SealedText(default="")._check_str_default_value() == []


def test_a_field_must_say_how_it_becomes_bytes() -> None:
    with pytest.raises(NotImplementedError):
        Sealed().to_bytes("words")
    with pytest.raises(NotImplementedError):
        Sealed().from_bytes(b"words")


def test_nothing_is_sealed_where_nothing_was_said() -> None:
    field = SealedText(null=True)
    field.set_attributes_from_name("words")
    row = Room()
    row.__dict__["words"] = None
    assert field.pre_save(row, add=False) is None
    assert field.from_db_value(None) is None


# ------------------------------------------------------------------ what it cannot be asked


@pytest.mark.parametrize("lookup", ["name", "name__contains", "name__in", "name__gt"])
def test_a_sealed_column_cannot_be_compared(lookup: str) -> None:
    with pytest.raises((TypeError, FieldError)):
        Site.objects.filter(**{lookup: "The Linden"}).exists()


def test_a_sealed_column_can_be_asked_whether_it_is_empty(site: Site) -> None:
    assert Site.objects.filter(pk=site.pk, name__isnull=False).exists()


@pytest.mark.parametrize("value", ["words", b"words", 1])
def test_words_cannot_be_written_past_the_seal(site: Site, value: object) -> None:
    with pytest.raises(TypeError, match="cannot be compared or written out"):
        Site.objects.filter(pk=site.pk).update(name=value)
    site.name = "Other words"
    with pytest.raises(TypeError):
        Site.objects.bulk_update([site], ["name"])


def test_a_row_with_sealed_words_cannot_be_written_out_as_a_file(site: Site) -> None:
    with pytest.raises(TypeError, match="written out"):
        serializers.serialize("json", [site])


def test_an_envelope_prints_as_nothing(site: Site) -> None:
    envelope = Site.objects.filter(pk=site.pk).values_list("name", flat=True)[0]
    assert isinstance(envelope, Envelope)
    assert f"{envelope} {envelope!r} {[envelope]}" == "<sealed> <sealed> [<sealed>]"
    assert "Linden" not in repr(site)
    assert "Linden" not in json.dumps(site.__dict__, default=repr)


# ------------------------------------------------------------------ saving


def test_every_save_seals_the_whole_row_anew(site: Site) -> None:
    before = raw(site, "address")
    site.name = "The Lime"
    site.save(update_fields=["name"])
    found = Site.objects.get(pk=site.pk)
    assert (found.name, found.address, found.row_version) == ("The Lime", "1 Lime Walk", 2)
    assert raw(site, "address") != before


def test_saving_another_column_keeps_the_words_readable(site: Site) -> None:
    site.closed_on = NOW.date()
    site.save(update_fields=["closed_on"])
    assert Site.objects.get(pk=site.pk).name == "The Linden"


def test_a_row_that_moved_to_another_layer_is_sealed_for_it(site: Site) -> None:
    site.move_to(Layer.RECORD)
    site.save(update_fields=["closed_on"])
    found = Site.objects.get(pk=site.pk)
    assert (found.layer, found.name) == ("record", "The Linden")


def test_many_rows_are_sealed_at_once(cast: Cast) -> None:
    made = [Site(practice=cast.practice, name=f"House {n}") for n in range(3)]
    Site.objects.bulk_create(made)
    found = Site.objects.filter(pk__in=[site.pk for site in made]).order_by("id")
    assert [site.name for site in found] == ["House 0", "House 1", "House 2"]


def test_a_deferred_column_is_opened_when_it_is_read(site: Site) -> None:
    found = Site.objects.defer("name").get(pk=site.pk)
    assert "name" not in found.__dict__
    assert found.name == "The Linden"
    found.save()
    assert Site.objects.only("address").get(pk=site.pk).address == "1 Lime Walk"


def test_a_deferred_column_opens_though_the_row_was_saved_meanwhile(site: Site) -> None:
    early = Site.objects.defer("name").get(pk=site.pk)
    site.address = "2 Lime Walk"
    site.save()
    assert (early.name, early.address) == ("The Linden", "2 Lime Walk")


def test_the_class_itself_gives_the_column_and_not_words() -> None:
    assert [field.name for field in sealed_fields(Site)] == ["name", "address"]
    assert Site.name is Site.__dict__["name"]


# ------------------------------------------------------------------ moving, rolling back


def test_an_envelope_moved_to_another_column_does_not_open(site: Site) -> None:
    moved = put(site, address=raw(site, "name"))
    with pytest.raises(CannotOpen):
        moved.address.strip()
    assert moved.name == "The Linden"


def test_an_envelope_moved_to_another_row_does_not_open(site: Site, cast: Cast) -> None:
    other = Site.objects.create(practice=cast.practice, name="Elsewhere")
    moved = put(other, name=raw(site, "name"))
    with pytest.raises(CannotOpen):
        moved.name.strip()


def test_a_row_said_to_lie_on_another_layer_does_not_open(site: Site) -> None:
    moved = put(site, layer="shared")
    with pytest.raises(CannotOpen):
        moved.name.strip()


def test_an_earlier_envelope_put_back_does_not_open(site: Site) -> None:
    before = raw(site, "name")
    site.name = "The Lime"
    site.save()
    rolled_back = put(site, name=before)
    with pytest.raises(CannotOpen):
        rolled_back.name.strip()


def test_an_envelope_moved_to_another_practice_does_not_open(site: Site, cast: Cast) -> None:
    elsewhere = cast.stranger.practice_id
    moved = put(site, practice_id=elsewhere if connection.vendor == "postgresql" else elsewhere.hex)
    with pytest.raises(CannotOpen):
        moved.name.strip()


def test_words_put_there_in_clear_do_not_open(site: Site) -> None:
    moved = put(site, name=b"The Linden")
    with pytest.raises(CannotOpen):
        moved.name.strip()


def test_a_row_whose_key_was_destroyed_does_not_open(site: Site, cast: Cast) -> None:
    keyring.destroy(cast.practice.id, at=NOW)
    with pytest.raises(KeyDestroyed):
        Site.objects.get(pk=site.pk).name.strip()


def test_nothing_is_sealed_under_a_key_that_does_not_exist() -> None:
    with pytest.raises(CannotOpen):
        Practice(id=UUID(int=99), name="No key", founded_at=NOW).save()
