"""Two addresses that nobody may see tell nobody that they are the same."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from tests.casework.conftest import START, named, person
from tests.desk.addresses import Filled, filled
from tests.desk.test_masked import NUMBER, READ_ALONE, AtDesk, exported, planted

from pasokh.casework.complaints.matter import Matter
from pasokh.casework.exports.states import Format
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.incoming import Incoming, Who
from pasokh.casework.intake.mailroom.models import Mail
from pasokh.directory.organisation.models import RoleAssignment
from pasokh.directory.people.ways import Way

__all__ = ["filled", "named", "person", "planted"]

pytestmark = [pytest.mark.django_db, pytest.mark.clause("10002:4.10")]


def test_nobody_learns_of_a_shared_address_that_they_may_not_see(
    planted: Filled, shop: SimpleNamespace, at_desk: AtDesk
) -> None:
    who = Who("مریم", "fa", reached=((Way.PHONE, NUMBER),))
    told = Incoming("phone", "fa", Matter("سماور"), received_at=START, who=who)
    refs = [
        intake.receive(replace(told, unit=shop.units[unit].pk), by=shop.parvin, at=START).ref
        for unit in ("tehran", "shiraz")
    ]

    def named(who: str) -> set[str]:
        shown = at_desk(who).get(f"/en/desk/complaints/{planted.ref}/").content.decode()
        return {ref for ref in refs if f"/{ref}/" in shown}

    assert named("parvin") == set(refs)
    for one in READ_ALONE:
        assert named(one) == set(), one
    RoleAssignment.objects.create(
        staff=shop.staff["reza"],
        role="auditor",
        unit=shop.units["shiraz"],
        valid_from=START,
        by="test",
    )
    assert named("reza") == {refs[0]}  # the other one they read, but see no number in it


def test_nobody_learns_whether_a_sender_whom_they_may_not_see_is_known(
    planted: Filled, shop: SimpleNamespace, at_desk: AtDesk
) -> None:
    Mail.objects.update(reason="known-address")
    page = f"/en/desk/mail/{planted.mail_id}/"
    assert "stands in an earlier file" in at_desk("nima").get(page).content.decode()

    Mail.objects.update(unit=shop.units["shiraz"])
    RoleAssignment.objects.create(
        staff=shop.staff["shirin"], role="auditor", valid_from=START, by="test"
    )
    for reason in ("known-address", "new-address"):
        Mail.objects.update(reason=reason)
        shown = at_desk("shirin").get(page).content.decode()
        assert "Whether we knew the address is not shown here." in shown
        exports = exported(shop, "shirin", Format.CSV, {"mail": {"show": "all"}}).decode()
        assert "Whetherweknewtheaddress" in exports
