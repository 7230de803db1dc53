"""Bilingual values and the field that stores them, in a real table."""

from collections.abc import Iterator

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import isolate_apps
from django.utils.translation import override

from pasokh.kernel.fields import Bilingual, BilingualField

FRIDGE = Bilingual(fa="یخچال", en="Refrigerator")


@pytest.fixture
def shelf(db: None) -> Iterator[type[models.Model]]:
    with isolate_apps("pasokh.kernel"):

        class Shelf(models.Model):
            name = BilingualField()
            note = BilingualField(blank=True, null=True)

            class Meta:
                app_label = "kernel"

        with connection.schema_editor() as editor:
            editor.create_model(Shelf)
        yield Shelf


def test_a_bilingual_text_reads_in_the_active_language() -> None:
    with override("fa"):
        assert str(FRIDGE) == "یخچال"
    with override("en"):
        assert f"{FRIDGE}" == "Refrigerator"
    with override(None):
        assert str(FRIDGE) == "Refrigerator"


def test_an_empty_language_falls_back_to_the_other() -> None:
    assert Bilingual("", "Only").in_("fa") == "Only"
    assert Bilingual("تنها", "").in_("en") == "تنها"
    assert Bilingual("", "").in_("fa") == ""


def test_bilingual_texts_are_values() -> None:
    assert Bilingual("ا", "a") == Bilingual("ا", "a")
    assert len({FRIDGE, Bilingual("یخچال", "Refrigerator"), Bilingual("یخچال", "Fridge")}) == 2


def test_a_bilingual_text_comes_back_as_it_was_stored(shelf: type[models.Model]) -> None:
    row = shelf(name=FRIDGE)
    row.full_clean()
    row.save()

    again = shelf.objects.get(pk=row.pk)

    assert (again.name, again.note) == (FRIDGE, None)
    assert list(shelf.objects.filter(name__fa="یخچال").values_list("name__en")) == [
        ("Refrigerator",)
    ]
    assert shelf.objects.filter(name=FRIDGE).count() == 1


def test_the_column_is_jsonb(shelf: type[models.Model]) -> None:
    assert shelf._meta.get_field("name").db_type(connection) == "jsonb"


@pytest.mark.parametrize("value", [Bilingual("", "a"), Bilingual("ا", " "), "text", {"fa": "ا"}])
def test_a_value_without_both_languages_is_refused(
    shelf: type[models.Model], value: object
) -> None:
    with pytest.raises(ValidationError) as refused:
        shelf(name=value).full_clean()

    assert list(refused.value.message_dict) == ["name"]


def test_a_blank_field_may_be_empty_in_either_language(shelf: type[models.Model]) -> None:
    row = shelf(name=FRIDGE, note=Bilingual("", "only English"))

    row.full_clean()
    row.save()

    assert shelf.objects.get(pk=row.pk).note == Bilingual("", "only English")


def test_a_bilingual_field_survives_serialisation(shelf: type[models.Model]) -> None:
    field = shelf._meta.get_field("name")

    assert field.value_to_string(shelf(name=FRIDGE)) == {"fa": "یخچال", "en": "Refrigerator"}
    assert field.to_python({"fa": "یخچال", "en": "Refrigerator"}) == FRIDGE
    assert "Refrigerator" in serializers.serialize("json", [shelf(name=FRIDGE)])


def test_a_migration_can_write_the_field() -> None:
    name, path, args, kwargs = BilingualField(blank=True).deconstruct()

    assert (path, args, kwargs) == ("pasokh.kernel.fields.BilingualField", [], {"blank": True})
    assert name is None
