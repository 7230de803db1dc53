import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from pasokh.ui import context, languages


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "fa"),
        ("*", "fa"),
        ("fa", "fa"),
        ("fa-IR,fa;q=0.9,en;q=0.8", "fa"),
        ("en-GB,en;q=0.9", "en"),
        ("en,fa", "fa"),
        ("en;q=0.8,fa;q=0.8", "fa"),
        ("en;q=0.9,fa;q=0.8", "en"),
        ("de,fr;q=0.5", "fa"),
        ("de,en;q=0.2", "en"),
        ("nonsense;;q=?,\x00", "fa"),
    ],
)
def test_persian_leads_where_the_reader_has_no_preference(accept: str, language: str) -> None:
    assert languages.wanted(accept) == language


def test_a_visitor_without_a_language_is_sent_to_theirs(client: Client) -> None:
    answer = client.get("/", headers={"accept-language": "en-GB,en;q=0.9"})

    assert (answer.status_code, answer["Location"]) == (302, "/en/")
    assert "Accept-Language" in answer["Vary"]


def test_the_other_language_keeps_the_page_and_its_query() -> None:
    request = RequestFactory().get("/fa/setup/", {"q": "لباس‌شویی", "page": "2"})

    (other,) = languages.others(request, "fa")

    assert (other.code, other.name) == ("en", "English")
    assert (
        other.url == "/en/setup/?q=%D9%84%D8%A8%D8%A7%D8%B3%E2%80%8C%D8%B4%D9%88%DB%8C%DB%8C&page=2"
    )


@pytest.mark.parametrize("path", ["//evil.example/fa/", "/", "/fa", "/fantasy/page/"])
def test_a_path_without_a_language_leads_to_the_start_page(path: str) -> None:
    request = RequestFactory().get("/")
    request.path = request.path_info = path

    assert [other.url for other in languages.others(request, "fa")] == ["/en/"]


def test_a_page_knows_its_name_in_its_language() -> None:
    request = RequestFactory().get("/en/setup/")
    with translation.override("en"):
        known = context.page(request)

    assert (known["site"], known["home"]) == ("Pasokh", "/en/")
