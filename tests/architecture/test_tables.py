"""Tables: foreign keys point down or sideways; migrations are complete and can be undone."""

import importlib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

from pasokh.kernel.personal import Personal

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
    "api",
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


def declared_personal(texts: Mapping[str, str]) -> list[Personal]:
    """Every declaration of every `privacy.py`."""
    return [
        personal
        for path in texts
        if path.endswith("/privacy.py")
        for personal in importlib.import_module(path[:-3].replace("/", ".")).PERSONAL
    ]


def test_every_personal_field_is_a_field(texts: Mapping[str, str]) -> None:
    declared = declared_personal(texts)
    for personal in declared:
        label, model, field = personal.field.split(".")
        apps.get_model(label, model)._meta.get_field(field)

    assert len({personal.field for personal in declared}) == len(declared)


#: Texts that say nothing of a person: codes, names of the organisation's own, digests, proofs.
PLAIN = {
    "casework": (
        *("Clock.name", "Clock.working", "Clock.calendar_version", "Clock.pack"),
        *("Clock.pack_digest", "Extension.clock", "Extension.unit", "StagedFile.digest"),
        *("Assessment.table", "Attachment.kind", "Complaint.ref", "Complaint.state_before"),
        *("Complaint.milestones", "Complaint.channel", "Complaint.complainant_kind"),
        *("Complaint.regime", "Complaint.regime_parameters", "Complaint.outcome"),
        *("Complaint.verdict", "Complaint.closing", "Complaint.due_clock", "Contact.channel"),
        *("Decision.declined_for", "IssueFinding.others_affected", "Link.why"),
        *("Message.channel", "Reading.what", "Referral.outcome", "Remedy.currency"),
        *("Letter.message_id", "Letter.secretariat_number", "Telling.way", "Draft.token_hash"),
        *("Subscription.name", "Subscription.url", "Subscription.events", "Subscription.secret"),
        *("Subscription.former", "Subscription.ended_why", "Delivery.event", "Delivery.ref"),
        *("Delivery.state", "Delivery.attempts", "Entrance.kind", "Entrance.code"),
        *("Entrance.name", "Entrance.origins", "Entrance.key", "Entrance.token_hash"),
        "Inquiry.sent_by",
        *("Letter.lacks", "Wording.language", "Wording.subject", "Wording.body", "Reply.name"),
        *("SecondLook.currency", "SecondLook.kind", "Wording.kind", "AddedKind.name"),
        "AddedKind.purpose",
        *("Sending.message_id", "Writing.act", "SigningKey.domain", "SigningKey.selector"),
        *("SigningKey.public", "SigningKey.sealed", "MailCertificate.chain"),
        *("MailCertificate.sealed", "MailCertificate.issuer", "MailCertificate.fingerprint"),
        *("Knocks.door", "MailedLink.token_hash", "MailedLink.number_hash"),
        *("Source.name", "Source.base", "Source.token_hash", "Source.sealed", "Source.trouble"),
        "Heard.their_id",
        *("Gateway.template", "Gateway.base", "Gateway.sender", "Gateway.sealed"),
        *("Gateway.report_hash", "Gateway.trouble", "Text.key", "Text.their_id", "Text.template"),
        *("Inspection.scanner", "Inspection.signatures", "Inspection.found", "Inspection.kind"),
        *("Picture.kind", "Scan.kind", "Scan.said", "Scan.why"),
        *("Mailbox.address", "Mailbox.trusted", "Mailbox.host", "Mailbox.user"),
        *("Mailbox.secret", "Mailbox.folder", "Mailbox.trouble"),
        *("MailboxGrant.token_url", "MailboxGrant.client_id", "MailboxGrant.scope"),
        *("MailboxGrant.client_secret", "MailboxGrant.refresh_token"),
        *("MailboxGrant.access_token", "MailReading.what"),
        *("Mail.reason", "Mail.trouble"),
        *("Import.name", "Import.digest", "Import.refused_digest", "Import.language"),
        *("Import.form", "Import.headings", "Import.failure", "ImportRow.code"),
        *("ImportLayout.layout", "Export.list", "Export.language", "Export.digest"),
        "Export.failure",
    ),
    "directory": (
        *("Organisation.name", "Organisation.time_zone", "Organisation.mailbox"),
        *("Organisation.telephone", "Organisation.address", "Organisation.opening_hours"),
        *("Unit.code", "Unit.name", "SpendingLimit.currency", "WorkingWeek.days"),
        *("Holiday.name", "Holiday.source", "Holiday.hours", "RegimeBinding.pack"),
        *("RegimeBinding.parameters", "SetupLink.token_hash"),
        *("Client.name", "Client.grants", "ClientToken.token_hash", "ClientToken.hint"),
        *("ClientToken.grants", "ClientAnswer.key_hash", "ClientAnswer.asked"),
        "ClientAnswer.sealed",
    ),
    "policy": (
        *("Term.code", "Term.name", "OutsideBody.code", "OutsideBody.name"),
        *("OutsideBody.what_for", "OutsideBody.url", "OutsideBody.telephone"),
        *("OutsideBody.time_limit", "OutsideBody.note"),
    ),
    "kernel": (
        *("Entry.subject", "Entry.event", "Entry.seal", "Entry.hash", "Entry.canonical"),
        *("Sealed.salt", "Node.hash", "Checkpoint.root", "Checkpoint.note"),
        *("Cursor.name", "Cursor.error"),
    ),
}
#: Kinds of fields that may hold somebody's words or name, and the tables that stand for somebody.
TELLING = {"TextField", "CharField", "JSONField", "BinaryField", "SearchVectorField"}
SOMEBODY = {"Person", "ContactPoint", "Staff", "User"}


def may_tell(field: "models.Field[Any, Any]") -> bool:
    """Whether a field may say something of a person: free text, or a link to somebody."""
    if isinstance(field.related_model, type):
        return field.related_model.__name__ in SOMEBODY
    return field.get_internal_type() in TELLING and not field.choices


def test_every_field_that_may_tell_of_a_person_is_declared_or_known_to_be_plain(
    texts: Mapping[str, str],
) -> None:
    telling = {
        f"{label}.{model.__name__}.{field.name}"
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.concrete_fields
        if may_tell(field)
    }
    plain = {f"{label}.{field}" for label, fields in PLAIN.items() for field in fields}
    personal = {one.field for one in declared_personal(texts)}

    assert telling - personal - plain == set()
    assert plain - telling == set()
    assert plain & personal == set()
