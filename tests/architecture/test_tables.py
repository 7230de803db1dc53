"""Tables: foreign keys point down or sideways; migrations are complete and can be undone."""

import importlib
from collections.abc import Iterator, Mapping

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

#: Lowest first. A table may point to its own app and to those before it; the doors have none.
RINGS = (
    "contenttypes",
    "auth",
    "kernel",
    "policy",
    "directory",
    "casework",
    "assurance",
    "privacy",
    "ui",
    "channels",
    "portal",
    "desk",
)

OURS = [app.label for app in apps.get_app_configs() if app.name.startswith("pasokh.")]


def relations() -> Iterator[tuple[str, str, str]]:
    """Every foreign key of ours: from which app, by which field, to which app."""
    for label in OURS:
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            for field in model._meta.get_fields():
                target = field.related_model
                if field.concrete and isinstance(target, type) and issubclass(target, models.Model):
                    yield label, str(field), target._meta.app_label


def test_foreign_keys_point_down_or_sideways() -> None:
    up = [
        f"{field} → {target}"
        for label, field, target in relations()
        if target not in RINGS[: RINGS.index(label) + 1]
    ]

    assert up == []


def test_every_app_has_its_place_among_the_rings() -> None:
    assert set(OURS) <= set(RINGS)


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def irreversible(migration: Migration) -> list[str]:
    """The operations that cannot be undone, unless the migration's docstring explains why."""
    explained = "irreversible:" in (importlib.import_module(migration.__module__).__doc__ or "")
    return [
        str(operation)
        for operation in migration.operations
        if not (operation.reversible or explained)
    ]


def test_migrations_can_be_undone_or_say_why_not() -> None:
    ours = [
        migration
        for (label, _), migration in MigrationLoader(None).disk_migrations.items()
        if label in OURS
    ]
    stuck = {str(migration): found for migration in ours if (found := irreversible(migration))}

    assert ours
    assert stuck == {}


def test_every_personal_field_is_a_field(texts: Mapping[str, str]) -> None:
    declared = [
        personal
        for path in texts
        if path.endswith("/privacy.py")
        for personal in importlib.import_module(path[:-3].replace("/", ".")).PERSONAL
    ]
    for personal in declared:
        label, model, field = personal.field.split(".")
        apps.get_model(label, model)._meta.get_field(field)

    assert len({personal.field for personal in declared}) == len(declared)
