"""The language of a text."""

import pytest

from pasokh.channels.mail_in.rules.language import of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("یخچالی که خریدم سرد نمی‌کند.", "fa"),
        ("سلام. يخچال من خراب است و کسي جواب نمي‌دهد", "fa"),
        ("الثلاجة التي اشتريتها لا تعمل ولم يرد أحد على رسالتي", "ar"),
        ("The fridge that I bought does not work.", "en"),
        ("Der Kühlschrank ist kaputt und niemand antwortet mir.", "de"),
        ("Le réfrigérateur que je vous ai acheté ne marche pas.", "fr"),
        ("El frigorífico que compré no funciona y nadie me contesta.", "es"),
        ("Холодильник не работает.", "ru"),
        ("冷蔵庫が壊れました。", "ja"),
        ("12345 !!!", ""),
        ("", ""),
    ],
)
def test_a_language_is_known_by_its_script_and_words(text: str, language: str) -> None:
    assert of(text) == language
