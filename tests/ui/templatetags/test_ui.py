from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone, translation

from pasokh.kernel import clock
from pasokh.kernel.money import Money
from pasokh.ui.parts import Stage

NOON = datetime(2026, 12, 5, 12, 0, tzinfo=UTC)


class Sample(forms.Form):
    words = forms.CharField(help_text="In your own words.", widget=forms.Textarea)
    email = forms.EmailField(required=False)
    wish = forms.ChoiceField(choices=[("a", "A repair"), ("b", "<b>")], widget=forms.RadioSelect)
    agree = forms.BooleanField(required=False)
    kind = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.data.get("kind") == "whole":
            raise forms.ValidationError("Not like this.")


class _Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def rendered(source: str, language: str = "en", **known: Any) -> str:
    with translation.override(language), timezone.override(UTC):
        return Template("{% load ui %}" + source).render(Context(known)).strip()


def elements(page: str, tag: str) -> list[dict[str, str | None]]:
    return [attrs for name, attrs in _Elements(page).found if name == tag]


def test_a_beginning_is_to_the_letter() -> None:
    said = "e\u0301 " * 100  # two signs that Django's own filter would make one

    assert rendered("[{{ said|beginning:300 }}]", said=said) == f"[{said}]"
    assert rendered("[{{ said|beginning:299 }}]", said=said) == f"[{said[:298]}…]"


def test_names_between_backticks_are_drawn_as_names() -> None:
    said = rendered("{{ text|quoted }}", text="With a `client_<b>` <once>.")

    assert said == 'With a <code dir="ltr">client_&lt;b&gt;</code> &lt;once&gt;.'


def test_a_headline_is_one_line_of_whole_words() -> None:
    assert rendered("{{ said|headline:20 }}", said="It never  cooled.\n") == "It never cooled."
    assert rendered("{{ said|headline:20 }}", said="It never\ncooled again.") == "It never cooled…"


def test_a_field_is_described_by_its_help_and_its_error() -> None:
    page = rendered("{% field form.words %}", form=Sample({}))

    (control,) = elements(page, "textarea")
    ids = [attrs.get("id") for attrs in elements(page, "p")]
    assert control["aria-describedby"] == "id_words_helptext id_words_error"
    assert control["aria-invalid"] == "true"
    assert ids == ["id_words_helptext", "id_words_error"]
    assert elements(page, "label") == [{"class": "field__label", "for": "id_words"}]


def test_a_good_field_is_described_by_its_help_alone() -> None:
    (control,) = elements(rendered("{% field form.words %}", form=Sample()), "textarea")

    assert control["aria-describedby"] == "id_words_helptext"
    assert "aria-invalid" not in control


def test_lines_take_the_direction_of_their_words_and_addresses_theirs() -> None:
    form = Sample()

    (words,) = elements(rendered("{% field form.words %}", form=form), "textarea")
    (email,) = elements(rendered("{% field form.email %}", form=form), "input")
    (agree,) = elements(rendered("{% field form.agree %}", form=form), "input")

    assert [each.get("dir") for each in (words, email, agree)] == ["auto", "ltr", None]


def test_only_what_may_be_left_out_is_marked() -> None:
    form = Sample()

    assert "(optional)" in rendered("{% field form.email %}", form=form)
    assert "(optional)" not in rendered("{% field form.words %}", form=form)


def test_what_was_needed_after_all_is_not_called_optional() -> None:
    missing, mistyped = Sample({}), Sample({"email": "nobody"})
    missing.add_error("email", "Say how we reach you.")

    assert "(optional)" not in rendered("{% field form.email %}", form=missing)
    assert "(optional)" in rendered("{% field form.email %}", form=mistyped)


def test_choices_are_one_group_with_a_legend() -> None:
    page = rendered("{% field form.wish %}", form=Sample({}))

    (group,) = elements(page, "fieldset")
    assert group["aria-describedby"] == "id_wish_error"
    assert [each["id"] for each in elements(page, "input")] == ["id_wish_0", "id_wish_1"]
    assert [each["for"] for each in elements(page, "label")] == ["id_wish_0", "id_wish_1"]
    assert "&lt;b&gt;" in page


def test_the_summary_leads_to_each_control() -> None:
    page = rendered("{% error_summary form %}", form=Sample({"kind": "whole"}))

    assert [link["href"] for link in elements(page, "a")] == ["#id_words", "#id_wish_0"]
    assert "Words – This field is required." in page
    assert "<li>Not like this.</li>" in page
    assert "What you wrote is still here." in page


def test_the_summary_promises_nothing_about_what_browsers_never_get_back() -> None:
    class Secret(forms.Form):
        password = forms.CharField(widget=forms.PasswordInput)

    assert "still here" not in rendered("{% error_summary form %}", form=Secret({}))


def test_fields_of_a_form_are_drawn_in_order_and_the_hidden_ones_once() -> None:
    page = rendered('{% include "ui/fields.html" with form=form only %}', form=Sample())

    names = [each["name"] for each in elements(page, "input") + elements(page, "textarea")]
    assert sorted(names) == ["agree", "email", "kind", "wish", "wish", "words"]


@pytest.mark.parametrize(
    ("expression", "language", "shown"),
    [
        ("at|day", "fa", "شنبه ۱۴ آذر ۱۴۰۵"),
        ("at|day", "en", "Saturday 5 December 2026"),
        ("at|short_day", "fa", "۱۴۰۵/۰۹/۱۴"),
        ("at|moment", "en", "Saturday 5 December 2026, 12:00"),
    ],
)
def test_times_carry_their_exact_form(expression: str, language: str, shown: str) -> None:
    assert rendered("{{ " + expression + " }}", language, at=NOON) == (
        f'<time datetime="2026-12-05T12:00:00+00:00">{shown}</time>'
    )


def test_a_day_without_an_hour_is_a_time_too() -> None:
    assert rendered("{{ on|day }}", on=date(2026, 12, 5)) == (
        '<time datetime="2026-12-05">Saturday 5 December 2026</time>'
    )


@pytest.fixture
def noon() -> Any:
    clock.inject(lambda: NOON)
    yield
    clock.inject(None)


def test_what_is_due_is_said_as_people_say_it(noon: None) -> None:
    assert "tomorrow 12:00" in rendered("{{ at|due }}", at=NOON + timedelta(days=1))
    assert "4 days late" in rendered("{{ at|due }}", at=NOON - timedelta(days=4))


def test_numbers_amounts_and_codes_are_written_in_one_piece() -> None:
    known = {"n": 1404, "amount": Money(1250, "GBP"), "ref": "P-000042-7", "name": "<مریم>"}

    assert rendered("{{ n|digits }}", "fa", **known) == "۱۴۰۴"
    assert rendered("{{ amount|money }}", **known) == '<bdi class="amount">£12.50</bdi>'
    assert rendered("{{ ref|code }}", **known) == '<bdi class="code" dir="ltr">P-000042-7</bdi>'
    assert rendered("{{ name|isolate }}", **known) == "<bdi>&lt;مریم&gt;</bdi>"


def test_a_telephone_number_has_the_digits_of_its_reader() -> None:
    for typed in ("+98 21-8800", "+۹۸ ۲۱-۸۸۰۰", "+٩٨ ٢١-٨٨٠٠"):
        assert rendered("{{ number|telephone }}", "fa", number=typed) == "+۹۸ ۲۱-۸۸۰۰"
        assert rendered("{{ number|telephone }}", "en", number=typed) == "+98 21-8800"


def test_an_icon_is_for_the_eye_alone() -> None:
    (drawn,) = elements(rendered('{% icon "clock" %}'), "svg")

    assert (drawn["aria-hidden"], drawn["focusable"], drawn["class"]) == ("true", "false", "icon")


def test_badges_and_notices_have_a_word_and_a_shape_and_escape_what_they_are_given() -> None:
    badge = rendered('{% badge "late" %}{{ words }}{% endbadge %}', words="<4 days>")
    notice = rendered(
        '{% notice "soon" title %}<p>{{ words }}</p>{% endnotice %}', title="<t>", words="&"
    )

    assert "&lt;4 days&gt;" in badge
    assert len(elements(badge, "svg")) == len(elements(notice, "svg")) == 1
    assert "&lt;t&gt;" in notice
    assert "<p>&amp;</p>" in notice


def test_a_road_says_in_words_what_is_done_and_what_is_promised() -> None:
    stages = [
        Stage("Received", "done", NOON),
        Stage("Looked into", "now", NOON),
        Stage("Your say", "ahead"),
    ]

    page = rendered("{% road stages %}", stages=stages)

    states = [(each["data-state"], each.get("aria-current")) for each in elements(page, "li")]
    assert states == [("done", None), ("now", "step"), ("ahead", None)]
    assert [word in page for word in ("Done", "Under way", "Ahead")] == [True, True, True]
    assert "by <time" in page
    assert len(elements(page, "time")) == 2


@pytest.mark.parametrize("kind", ["in", "out", "note", "act"])
def test_an_entry_of_a_timeline_says_who_and_when(kind: str) -> None:
    page = rendered(
        "{% entry kind title at by %}<p>{{ by }}</p>{% endentry %}",
        kind=kind,
        title="A note",
        at=NOON,
        by="Reza",
    )

    assert elements(page, "li") == [{"class": f"entry entry--{kind}"}]
    assert "<bdi>Reza</bdi> · <time" in page


def test_without_another_page_there_is_nothing_to_turn() -> None:
    assert rendered("{% pager %}") == ""
    assert [link["rel"] for link in elements(rendered('{% pager next="?after=9" %}'), "a")] == [
        "next"
    ]


def test_buttons_that_need_a_script_stay_hidden_without_one() -> None:
    for source in ('{% copy "code" %}', "{% print_button %}"):
        (button,) = elements(rendered(source), "button")
        assert "hidden" in button


def test_what_is_folded_away_works_without_a_script() -> None:
    page = rendered('{% disclosure "Why?" keep="why" %}<p>Because.</p>{% enddisclosure %}')

    assert elements(page, "details") == [{"class": "disclosure", "data-keep": "why"}]
    assert "<summary>Why?</summary>" in page


def test_what_is_fixed_is_drawn_once_for_each_language() -> None:
    page = Template(
        "{% load i18n static ui %}{% fixed %}<p>{% translate 'Language' %}</p>"
        "<a href='{% url 'portal:front' %}'></a>{% icon 'info' %}{% endfixed %}{{ name }}"
    )
    drawn = {}
    for language in ("en", "fa", "en", "fa"):
        with translation.override(language):
            drawn.setdefault(language, []).append(page.render(Context({"name": "Maryam"})))

    assert drawn["en"][0] == drawn["en"][1] != drawn["fa"][0] == drawn["fa"][1]
    assert "<p>Language</p>" in drawn["en"][1]
    assert "href='/fa/'" in drawn["fa"][1]
    assert "<svg" in drawn["fa"][1]
    assert drawn["fa"][1].endswith("Maryam")


@pytest.mark.parametrize(
    "inside",
    [
        "{{ name }}",
        "{% if name %}x{% endif %}",
        "{% translate name %}",
        "{% static name %}",
        "{% url name %}",
        "{% url 'desk:case' ref %}",
        "{% icon name %}",
        "{% csrf_token %}",
        "{% include 'ui/demo.html' %}",
    ],
)
def test_what_may_differ_from_page_to_page_is_not_fixed(inside: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="not the same on every page"):
        Template("{% load i18n static ui %}{% fixed %}" + inside + "{% endfixed %}")


@pytest.mark.parametrize(
    ("size", "english", "persian"),
    [
        (609, "609 B", "۶۰۹ بایت"),
        (26_112, "25.5 KB", "۲۵٫۵ کیلوبایت"),
        (3 << 20, "3.0 MB", "۳٫۰ مگابایت"),
    ],
)
def test_the_size_of_a_file_is_said_in_the_reader_s_units(
    size: int, english: str, persian: str
) -> None:
    page = "{% load ui %}{{ size|file_size }}"

    assert rendered(page, size=size) == f"<bdi>{english}</bdi>"
    assert rendered(page, "fa", size=size) == f"<bdi>{persian}</bdi>"
