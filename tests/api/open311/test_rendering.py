"""Values are the same in both forms, and no text breaks either."""

from xml.etree import ElementTree

import pytest

from pasokh.api.open311 import rendering

HOSTILE = (
    *("<script>alert(1)</script>", "]]>", "&amp;&lt;", "\"'`", "a\rb\nc\td", "\x00\x08\x1b\ufffe"),
    *("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;", "\u202eabc", "😀", "ی‌ک"),
)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_stands_in_xml_as_a_text(text: str) -> None:
    written = rendering.written("services", [{"service_name": text}])

    (service,) = ElementTree.fromstring(written)  # noqa: S314  our own
    assert [child.tag for child in service] == ["service_name"]
    assert "".join(service[0].itertext()) == rendering._NOT_XML.sub("\ufffd", text)


def test_lists_and_truths_have_their_own_names_in_xml() -> None:
    told = {"attributes": [{"required": False, "values": [{"key": "a", "name": "A"}]}]}

    assert rendering.written("service_definition", told).endswith(
        "<service_definition><attributes><attribute><required>false</required><values><value>"
        "<key>a</key><name>A</name></value></values></attribute></attributes>"
        "</service_definition>\n"
    )


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("v2/services.json", ("v2/services", "json")),
        ("v2/services.xml", ("v2/services", "xml")),
        ("v2/services", ("v2/services", "xml")),
        ("v2/services.html", ("v2/services.html", "xml")),
        ("v2/requests/P-000042-7.json", ("v2/requests/P-000042-7", "json")),
        ("", ("", "xml")),
    ],
)
def test_the_suffix_says_the_form(path: str, said: tuple[str, str]) -> None:
    assert rendering.form_of(path) == said
