import pytest

from pasokh.casework.complaints.lifecycle import Step
from pasokh.directory.organisation.roles import NAMES, TABLE, Role, holders_of, rights_of

RIGHTS = [grant.right for grant in TABLE]


def test_each_right_stands_in_the_table_once_and_is_held_by_some_role() -> None:
    assert len(set(RIGHTS)) == len(RIGHTS)
    assert [grant.right for grant in TABLE if not grant.roles] == []


def test_each_right_is_explained_and_each_role_named() -> None:
    assert [grant.right for grant in TABLE if not grant.meaning] == []
    assert set(NAMES) == set(Role)
    assert [role for role in Role if not rights_of(role)] == []


def test_every_step_of_the_lifecycle_has_its_right() -> None:
    assert sorted({f"complaint.{step}" for step in Step} - set(RIGHTS)) == []


@pytest.mark.clause("10002:4.10")
def test_the_administrator_configures_and_reads_no_complaint() -> None:
    rights = rights_of(Role.ADMINISTRATOR)

    assert {right for right in rights if right.startswith("complaint.")} == set()
    assert {"organisation.configure", "staff.manage"} <= rights


@pytest.mark.clause("10002:8.5")
def test_the_auditor_reads_everything_and_changes_nothing() -> None:
    assert rights_of(Role.AUDITOR) == {
        "complaint.read",
        "complaint.read_confidential",
        "complaint.read_originals",
        "ledger.verify",
        "access_log.read",
    }


@pytest.mark.clause("10002:4.7")
def test_nobody_is_given_a_file_to_handle_for_being_an_approver_or_a_manager() -> None:
    assert holders_of("complaint.handle") == {Role.HANDLER, Role.REVIEWER}


def test_an_unknown_right_is_a_mistake_and_not_a_refusal() -> None:
    with pytest.raises(KeyError):
        holders_of("complaint.reed")
