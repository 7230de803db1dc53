import pytest
from django.test import Client, override_settings


def test_the_style_guide_is_closed_unless_it_is_asked_for(client: Client) -> None:
    assert client.get("/en/ui/").status_code == 404


@override_settings(STYLE_GUIDE=True)
@pytest.mark.parametrize("shell", ["portal", "desk"])
def test_the_style_guide_shows_each_shell(client: Client, shell: str) -> None:
    page = client.get("/fa/ui/", {"shell": shell}).content.decode()

    assert f'<body class="{shell}">' in page
    assert '<html lang="fa" dir="rtl">' in page
    assert '<a href="/en/ui/?shell=' + shell in page
