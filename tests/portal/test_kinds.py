"""Choosing what kind of complaint it is: open to all, asked of nobody."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import translation
from tests.portal.steps import complain, filed, send, text

from pasokh.casework.complaints.models import Issue
from pasokh.kernel import clock
from pasokh.kernel.fields import Bilingual
from pasokh.policy.taxonomy.models import Term
from pasokh.portal.forms import ComplaintForm

LANGUAGES = pytest.mark.parametrize("language", ["fa", "en"])


@pytest.fixture
def categories(portal: SimpleNamespace) -> dict[str, Term]:
    """Two kinds under one, one that stands alone, and one that is not used any more."""
    now, made = clock.now(), {}
    for position, (code, parent) in enumerate(
        [("delivery", None), ("late", "delivery"), ("damaged", "delivery"), ("price", None)]
    ):
        made[code] = Term.objects.create(
            kind="category",
            code=code,
            name=Bilingual(f"دستهٔ {position}", f"Kind {code}"),
            parent=made.get(parent or ""),
            position=position,
        )
    made["old"] = Term.objects.create(
        kind="category", code="old", name=Bilingual("کهنه", "Kind old"), position=9, retired_at=now
    )
    return made


@LANGUAGES
def test_the_kind_of_complaint_may_be_chosen_and_is_read_back(
    browser: Client, categories: dict[str, Term], language: str
) -> None:
    asked = text(browser.get(f"/{language}/complain/"))
    name = categories["late"].name.in_(language)
    assert [
        str(each.pk) in re.findall(r'<option value="(\d+)"', asked) for each in categories.values()
    ] == [False, True, True, True, False]
    complain(browser, language, category=categories["late"].pk)
    assert name in text(browser.get(f"/{language}/complain/check/"))
    send(browser, language)

    (issue,) = Issue.objects.all()
    assert issue.category_id == categories["late"].pk


@pytest.mark.parametrize("chosen", ["", None])
def test_nobody_has_to_choose_a_kind(
    browser: Client, categories: dict[str, Term], chosen: str | None
) -> None:
    filed(browser, "en", **({} if chosen is None else {"category": chosen}))

    assert Issue.objects.get().category_id is None


@pytest.mark.parametrize("code", ["old", "delivery"])
def test_a_kind_that_is_not_offered_is_refused_and_nothing_is_lost(
    browser: Client, categories: dict[str, Term], code: str
) -> None:
    response = complain(browser, "en", category=categories[code].pk)

    assert list(response.context["form"].errors) == ["category"]
    assert "یخچال از روز اول خراب بود." in text(response)


def test_without_kinds_nobody_is_asked_for_one(browser: Client) -> None:
    Term.objects.filter(kind="category").update(retired_at=clock.now())
    assert "id_category" not in text(browser.get("/en/complain/"))
    filed(browser, "en", category="7")

    assert Issue.objects.get().category_id is None


def test_forms_share_their_fields_and_offer_what_there_is_now(categories: dict[str, Term]) -> None:
    first, second = ComplaintForm({}), ComplaintForm({})
    assert first.fields["category"] is second.fields["category"]
    assert first.fields["narrative"] is second.fields["narrative"]

    with translation.override("en"):
        assert "Kind late" in str(first["category"])
    with translation.override("fa"):
        assert categories["late"].name.fa in str(second["category"])
    Term.objects.exclude(parent=None).delete()
    assert "<optgroup" not in str(first["category"])
    Term.objects.all().delete()
    assert "category" not in ComplaintForm({}).fields
    assert "category" in first.fields
    assert not first.is_valid()
    assert set(first.errors) == {"narrative", "email"}
    assert not ComplaintForm(initial={"name": "مریم"}).errors
