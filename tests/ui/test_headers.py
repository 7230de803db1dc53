from django.test import Client, override_settings

from pasokh.ui import headers


def test_every_answer_forbids_what_is_not_ours_or_inline(client: Client) -> None:
    for path in ("/", "/en/nowhere/", "/static/nowhere.css"):
        policy = client.get(path)["Content-Security-Policy"]

        assert policy == headers.POLICY

    assert "unsafe" not in headers.POLICY
    assert headers.POLICY.startswith("default-src 'none'; ")


@override_settings(STYLE_GUIDE=True)
def test_pages_are_not_framed_and_give_no_address_away(client: Client) -> None:
    answer = client.get("/en/ui/")

    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Permissions-Policy"] == headers.PERMISSIONS
