"""Both languages are complete; the linter behind `bin/words` on its own examples."""

import importlib.util
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import polib
import pytest


@pytest.fixture(scope="module")
def words(root: Path) -> ModuleType:
    loader = SourceFileLoader("words", str(root / "bin" / "words"))
    spec = importlib.util.spec_from_loader("words", loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    sys.modules["words"] = module
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    loader.exec_module(module)
    sys.dont_write_bytecode = before
    return module


def test_every_text_is_in_both_languages(words: ModuleType) -> None:
    assert words.problems(words.gather(), words.read_catalogue()) == []


IMPORT = "from django.utils.translation import gettext_lazy as _, ngettext, pgettext\n"


def _python(words: ModuleType, code: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    found = words.Found()
    words.read_python(IMPORT + code, "a.py", found)
    return [(each.text, each.plural, each.context) for each in found.places], found.faults


def test_texts_are_gathered_from_python(words: ModuleType) -> None:
    code = '_("one " "text")\nngettext("%(n)s day", "%(n)s days", n)\npgettext("month", "May")'

    assert _python(words, code) == (
        [("one text", "", ""), ("%(n)s day", "%(n)s days", ""), ("May", "", "month")],
        [],
    )


@pytest.mark.parametrize("code", ['_(f"{a} text")', '_("a" + b)', '_("a %s" % b)', "_(f())"])
def test_a_text_put_together_on_the_spot_is_a_fault(words: ModuleType, code: str) -> None:
    assert _python(words, code) == ([], ["a.py:2: gettext_lazy() needs a plain text"])


def test_a_file_that_defines_its_own_underscore_is_read_too(words: ModuleType) -> None:
    found = words.Found()
    words.read_python("def _(text): ...\n_('told')\n_(text)\n_('a' + b)\n", "a.py", found)

    assert [each.text for each in found.places] == ["told"]
    assert found.faults == ["a.py:4: gettext() needs a plain text"]


def test_other_functions_of_the_same_name_are_let_be(words: ModuleType) -> None:
    found = words.Found()
    words.read_python("from a.b import _, later\n_(f'{a}')\nlater('job')\n", "a.py", found)

    assert (found.places, found.faults) == ({}, [])


def test_texts_are_gathered_from_templates(words: ModuleType) -> None:
    found = words.Found()
    page = """{% load i18n %}<p title="{% translate "It's" %}">{{ x|default:_("None yet") }}
        {% blocktranslate trimmed count n=n %}
          One {{ name }}
        {% plural %}
          Many
        {% endblocktranslate %}{% translate "May" context "month" %}"""
    words.read_template(page, "a.html", found)

    assert [(each.text, each.plural, each.context) for each in found.places] == [
        ("It's", "", ""),
        ("None yet", "", ""),
        ("One %(name)s", "Many", ""),
        ("May", "", "month"),
    ]


@pytest.mark.parametrize(
    ("english", "persian", "fault"),
    [
        ("Due %(at)s", "", "is not translated"),
        ("Due %(at)s", "مهلت", "has other placeholders than its English"),
        ("Due %(at)s", "مهلت %(on)s", "has other placeholders than its English"),
        ("Due %s", "مهلت %s", "has a placeholder without a name"),
        ("100% done, %(n)s", "۱۰۰٪، %(n)s", "has a placeholder without a name"),
        ("Complaint", "شكایت", "has an Arabic ي or ك"),
        ("Standard 10002", "استاندارد 10002", "has Latin digits"),
    ],
)
def test_a_bad_translation_is_named(
    words: ModuleType, english: str, persian: str, fault: str
) -> None:
    assert list(words.faults(polib.POEntry(msgid=english, msgstr=persian))) == [fault]


@pytest.mark.parametrize(
    ("english", "persian"),
    [
        ("Due %(at)s", "مهلت: %(at)s"),
        ("By SHA-256, in `a4`", "با SHA-256 در `a4`"),
        ("100%% done, %(n1)s", "۱۰۰٪ انجام شد، %(n1)s"),
    ],
)
def test_a_good_translation_is_let_be(words: ModuleType, english: str, persian: str) -> None:
    assert list(words.faults(polib.POEntry(msgid=english, msgstr=persian))) == []


def test_a_plural_may_leave_the_number_out_but_not_name_another(words: ModuleType) -> None:
    def entry(*persian: str) -> polib.POEntry:
        return polib.POEntry(
            msgid="one day",
            msgid_plural="%(n)s days",
            msgstr_plural=dict(enumerate(persian)),
        )

    assert list(words.faults(entry("یک روز", "%(n)s روز"))) == []
    assert list(words.faults(entry("یک روز", "%(m)s روز"))) == [
        "has other placeholders than its English"
    ]


def test_merging_keeps_what_was_there_and_drops_what_nobody_says(words: ModuleType) -> None:
    found = words.Found()
    for text in ("kept", "given", "new"):
        found.add(words.Message(text), "a.py")
    old, other = polib.POFile(), polib.POFile()
    old += [polib.POEntry(msgid=text, msgstr=f"old {text}") for text in ("kept", "given", "gone")]
    other.append(polib.POEntry(msgid="given", msgstr="better"))

    catalogue = words.merged(found, old, [other])

    assert [(each.msgid, each.msgstr) for each in catalogue] == [
        ("given", "better"),
        ("kept", "old kept"),
        ("new", ""),
    ]
