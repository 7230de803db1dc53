"""The verbs on the organisation's lists, and how the lists are read."""

from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

import pytest

from pasokh.config import migrate
from pasokh.kernel import clock
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger.models import Entry
from pasokh.policy.taxonomy import actions, queries
from pasokh.policy.taxonomy.kinds import Kind as List
from pasokh.policy.taxonomy.models import OutsideBody, Term

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 6, tzinfo=UTC)
KEEPER = Actor(Kind.STAFF, "3", MappingProxyType({"taxonomy.configure": None}))
LOCAL = Actor(Kind.STAFF, "4", MappingProxyType({"taxonomy.configure": frozenset({1})}))
ACT: dict[str, Any] = {"by": KEEPER, "at": NOON}
TERMS = 35 + 18 + 11 + 38


def both(text: str) -> Bilingual:
    return Bilingual(f"{text} فا", text)


def add(code: str, parent: str | None = None, kind: List = List.CAUSE) -> Term:
    return actions.add_term(kind, code, name=both(code), parent=parent, **ACT)


def refusal(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.code


def told() -> list[str]:
    entries = Entry.objects.filter(subject="taxonomy").order_by("number")
    return [event.removeprefix("taxonomy.") for event in entries.values_list("event", flat=True)]


def last() -> Entry:
    return Entry.objects.filter(subject="taxonomy").latest("number")


def tree(kind: List = List.CAUSE) -> list[str]:
    return ["  " * term.depth + term.code for term in queries.terms(kind)]


def test_planting_installs_every_list_once() -> None:
    assert actions.plant(**ACT) == TERMS + OutsideBody.objects.count()
    assert actions.plant(**ACT) == 0

    assert Term.objects.count() == TERMS
    assert OutsideBody.objects.count() == 12
    assert told() == ["planted"]
    assert last().facts == {
        "terms": {"category": 35, "remedy": 18, "channel": 11, "cause": 38},
        "outside_bodies": 12,
    }


def test_planting_again_leaves_what_the_organisation_made_of_it() -> None:
    actions.plant(**ACT)
    actions.rename_term(List.CATEGORY, "price", name=both("dear"), **ACT)
    actions.retire_term(List.CATEGORY, "interest", **ACT)
    actions.retire_outside_body("samad_111", **ACT)

    assert actions.plant(**ACT) == 0

    price, interest = (queries.term(List.CATEGORY, code) for code in ("price", "interest"))
    assert price is not None
    assert price.name == both("dear")
    assert interest is not None
    assert interest.retired_at == NOON
    assert "samad_111" not in [body.code for body in queries.outside_bodies()]


def test_what_a_newer_version_names_is_added_at_its_start_and_nothing_else_is_touched() -> None:
    migrate.complete()
    assert not Term.objects.exists()  # whoever began with lists of their own keeps to those

    actions.plant(**ACT)
    actions.rename_term(List.CHANNEL, "web", name=both("site"), **ACT)
    actions.retire_term(List.CHANNEL, "sms", **ACT)
    for child in Term.objects.filter(parent__code="supplier"):
        actions.retire_term(List.CAUSE, child.code, **ACT)
    actions.retire_term(List.CAUSE, "supplier", **ACT)
    gone = Term.objects.filter(parent__code="supplier").first()
    assert gone
    gone.delete()
    Term.objects.filter(code__in=["open311", "process_unclear"]).delete()
    OutsideBody.objects.filter(code="samad_111").delete()
    missing = TERMS - Term.objects.count()

    clock.inject(lambda: NOON)
    migrate.complete()
    migrate.complete()
    clock.inject(None)

    assert TERMS - Term.objects.count() == 1  # what stands under a branch out of use stays away
    assert (last().event, last().actor) == ("taxonomy.planted", "clock:upgrade")
    assert sum(last().facts["terms"].values()) == missing - 1
    assert last().facts["outside_bodies"] == 1
    shown = {one.code: one for one in queries.all_terms(List.CHANNEL)}
    assert shown["open311"].name.en == "Civic app (Open311)"
    assert shown["web"].name == both("site")
    assert shown["sms"].retired_at == NOON


def test_planted_lists_stand_in_their_order() -> None:
    actions.plant(**ACT)

    assert tree(List.CHANNEL)[:3] == ["web", "phone", "counter"]
    assert tree()[:3] == ["people", "  people_knowledge", "  people_slip"]
    assert [body.code for body in queries.outside_bodies()][:2] == [
        "cppo_124",
        "consumer_association",
    ]
    verified = {body.code: body.verified_on for body in queries.outside_bodies()}
    assert verified["inso_1517"] == date(2026, 11, 22)
    assert verified["taazirat"] is None


def test_a_term_is_added_at_the_end_and_the_same_code_may_stand_in_another_list() -> None:
    add("one")
    add("two")
    add("below", parent="one")
    add("one", kind=List.CATEGORY)

    assert tree() == ["one", "  below", "two"]
    assert [term.leaf for term in queries.terms(List.CAUSE)] == [False, True, True]
    assert last().facts == {"kind": "category", "code": "one"}
    assert last().private == {"name": {"fa": "one فا", "en": "one"}}


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"code": "one"}, "term-code-taken"),
        ({"code": "Two words"}, "code-invalid"),
        ({"code": "x" * 41}, "code-invalid"),
        ({"name": Bilingual("", "x")}, "name-missing"),
        ({"parent": "nothing"}, "no-such-term"),
        ({"parent": "category"}, "no-such-term"),
        ({"by": LOCAL}, "not-authorised"),
    ],
)
def test_a_term_is_not_added_when(changes: dict[str, Any], refused: str) -> None:
    add("one")
    add("category", kind=List.CATEGORY)
    given = {"code": "two", "name": both("two"), "parent": None, **ACT} | changes

    assert refusal(actions.add_term, List.CAUSE, given.pop("code"), **given) == refused


def test_a_term_is_renamed_and_keeps_its_code() -> None:
    term = add("one")

    actions.rename_term(List.CAUSE, "one", name=both("uno"), **ACT)
    actions.rename_term(List.CAUSE, "one", name=both("uno"), **ACT)

    term.refresh_from_db()
    assert (term.code, term.name) == ("one", both("uno"))
    assert told() == ["term_added", "term_renamed"]
    assert last().private == {
        "name": [{"fa": "one فا", "en": "one"}, {"fa": "uno فا", "en": "uno"}]
    }


@pytest.mark.parametrize(
    ("parent", "position", "expected"),
    [
        (None, 0, ["c", "a", "b", "  b1"]),
        (None, 1, ["a", "c", "b", "  b1"]),
        (None, 99, ["a", "b", "  b1", "c"]),
        (None, -5, ["c", "a", "b", "  b1"]),
        ("b", 0, ["a", "b", "  c", "  b1"]),
        ("b", 1, ["a", "b", "  b1", "  c"]),
        ("b1", 0, ["a", "b", "  b1", "    c"]),
    ],
)
def test_a_term_moves_to_a_place(parent: str | None, position: int, expected: list[str]) -> None:
    for code in ("a", "b", "c"):
        add(code)
    add("b1", parent="b")

    actions.move_term(List.CAUSE, "c", parent=parent, position=position, **ACT)

    assert tree() == expected


def test_a_term_never_stands_under_itself() -> None:
    add("a")
    add("b", parent="a")
    add("c", parent="b")

    for under in ("a", "b", "c"):
        code = refusal(actions.move_term, List.CAUSE, "a", parent=under, position=0, **ACT)
        assert code == "term-in-itself"


@pytest.mark.clause("10002:8.2")
def test_a_term_is_retired_from_the_bottom_up_never_deleted_and_restored() -> None:
    add("a")
    add("b", parent="a")

    assert refusal(actions.retire_term, List.CAUSE, "a", **ACT) == "term-has-terms"
    actions.retire_term(List.CAUSE, "b", **ACT)
    assert [(term.code, term.leaf) for term in queries.terms(List.CAUSE)] == [("a", True)]
    actions.retire_term(List.CAUSE, "a", **ACT)
    assert tree() == []
    assert [term.code for term in queries.all_terms(List.CAUSE)] == ["a", "b"]
    assert refusal(actions.retire_term, List.CAUSE, "a", **ACT) == "term-retired"
    assert refusal(add, "c", parent="a") == "term-retired"
    assert refusal(actions.restore_term, List.CAUSE, "b", **ACT) == "term-retired"

    actions.restore_term(List.CAUSE, "a", **ACT)
    actions.restore_term(List.CAUSE, "b", **ACT)

    assert tree() == ["a", "  b"]
    assert refusal(actions.restore_term, List.CAUSE, "b", **ACT) == "term-not-retired"


def test_only_who_keeps_the_lists_everywhere_changes_them() -> None:
    add("a")
    act = {"by": LOCAL, "at": NOON}

    assert [
        refusal(actions.plant, **act),
        refusal(actions.rename_term, List.CAUSE, "a", name=both("x"), **act),
        refusal(actions.move_term, List.CAUSE, "a", parent=None, position=0, **act),
        refusal(actions.retire_term, List.CAUSE, "a", **act),
        refusal(actions.restore_term, List.CAUSE, "a", **act),
        refusal(actions.add_outside_body, "x", **act),
        refusal(actions.correct_outside_body, "x", **act),
        refusal(actions.retire_outside_body, "x", **act),
        refusal(actions.restore_outside_body, "x", **act),
    ] == ["not-authorised"] * 9


def test_a_list_is_read_once_whatever_its_length(
    django_assert_num_queries: Any,
) -> None:
    add("a")
    with django_assert_num_queries(2):  # the mark and the list
        queries.terms(List.CAUSE)
    for number in range(30):
        add(f"b{number}", parent="a")
    for cost in (2, 1):
        with django_assert_num_queries(cost):
            assert len(queries.terms(List.CAUSE)) == 31


BODY: dict[str, Any] = {
    "name": both("ombudsman"),
    "what_for": both("everything"),
    "url": "https://ombudsman.example",
    "verified_on": date(2026, 5, 1),
}


@pytest.mark.clause("10003:5")
def test_an_outside_body_is_named_corrected_retired_and_named_again() -> None:
    actions.add_outside_body("ombudsman", **BODY, **ACT)
    actions.correct_outside_body("ombudsman", telephone="0300", verified_on=date(2026, 5, 4), **ACT)
    assert last().facts == {"code": "ombudsman", "changed": ["telephone", "verified_on"]}
    assert last().private == {
        "telephone": ["", "0300"],
        "verified_on": ["2026-05-01", "2026-05-04"],
    }
    actions.correct_outside_body("ombudsman", telephone="0300", **ACT)

    actions.retire_outside_body("ombudsman", **ACT)
    assert queries.outside_bodies() == []
    assert [body.code for body in queries.all_outside_bodies()] == ["ombudsman"]
    assert refusal(actions.retire_outside_body, "ombudsman", **ACT) == "body-retired"
    actions.restore_outside_body("ombudsman", **ACT)
    assert refusal(actions.restore_outside_body, "ombudsman", **ACT) == "body-not-retired"

    assert told() == [
        *("outside_body_added", "outside_body_corrected"),
        *("outside_body_retired", "outside_body_restored"),
    ]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"verified_on": None}, "body-not-verified"),
        ({"name": Bilingual("x", "")}, "name-missing"),
        ({"what_for": Bilingual("", "")}, "name-missing"),
        ({"url": "javascript:alert(1)"}, "url-invalid"),
        ({"url": "ombudsman"}, "url-invalid"),
    ],
)
def test_an_outside_body_is_not_named_when(changes: dict[str, Any], refused: str) -> None:
    assert refusal(actions.add_outside_body, "ombudsman", **BODY | changes, **ACT) == refused
    actions.add_outside_body("ombudsman", **BODY, **ACT)
    assert refusal(actions.correct_outside_body, "ombudsman", **changes, **ACT) == refused
    assert refusal(actions.add_outside_body, "ombudsman", **BODY, **ACT) == "body-code-taken"
    assert refusal(actions.correct_outside_body, "other", **ACT) == "no-such-body"


def test_what_is_not_verified_is_marked_as_doubtful() -> None:
    body = actions.add_outside_body(
        "ombudsman", **BODY | {"verified_on": None, "doubtful": True}, **ACT
    )

    assert body.doubtful
    assert refusal(actions.correct_outside_body, "ombudsman", doubtful=False, **ACT) == (
        "body-not-verified"
    )


def test_outside_bodies_are_named_in_the_order_that_was_chosen() -> None:
    for code in ("one", "two", "three"):
        actions.add_outside_body(code, **BODY, **ACT)
    actions.move_outside_body("three", position=0, **ACT)
    actions.move_outside_body("one", position=99, **ACT)

    assert [body.code for body in queries.outside_bodies()] == ["three", "two", "one"]
    assert [body.position for body in queries.all_outside_bodies()] == [0, 1, 2]
    moved = Entry.objects.filter(event="taxonomy.outside_body_moved").order_by("number")
    assert [entry.facts["position"] for entry in moved] == [0, 2]
    assert refusal(actions.move_outside_body, "four", position=0, **ACT) == "no-such-body"
    local = {"by": LOCAL, "at": NOON}
    assert refusal(actions.move_outside_body, "one", position=0, **local) == "not-authorised"
