"""What a person newly wrote, apart from what they quote."""

from collections import Counter

import pytest

from pasokh.casework.correspondence import marker
from pasokh.channels.mail_in.quoting import parted

OWN = {
    "fa": "پاسخ شما را خواندم و قانع نشدم.",
    "ar": "قرأت ردكم ولم أقتنع به.",
    "en": "I read your answer and am not convinced.",
    "de": "Ich habe Ihre Antwort gelesen.",
    "fr": "J'ai lu votre réponse.",
    "es": "He leído su respuesta.",
}
#: What mail programs put under a person's words.
QUOTED = [
    "On Mon, 6 May 2024 at 10:12, Shop <help@shop.example> wrote:\n\n> Old words\n> more",
    "On Monday, 6 May 2024, 10:12:00 am GMT+3:30, Shop <help@shop.example> wrote:\n\nOld words",
    "در تاریخ دوشنبه ۶ مهٔ ۲۰۲۴، ۱۰:۱۲ پشتیبانی <help@shop.example> نوشت:\n\n> متن قدیمی",
    "در دوشنبه ۱۷ اردیبهشت ۱۴۰۳، پشتیبانی <\nhelp@shop.example> نوشت:\n\n> متن قدیمی",
    "في الاثنين، ٦ مايو ٢٠٢٤ في ١٠:١٢ ص كتب المتجر <help@shop.example>:\n\n> نص قديم",
    "Am 06.05.2024 um 10:12 schrieb Laden:\n> Alte Worte",
    "Am Mo., 6. Mai 2024 um 10:12 Uhr schrieb Laden <help@shop.example>:\n\nAlte Worte",
    "Le lun. 6 mai 2024 à 10:12, Boutique <help@shop.example> a écrit :\n\n> Anciens mots",
    "El lun, 6 may 2024 a las 10:12, Tienda (<help@shop.example>) escribió:\n\n> Palabras",
    "-----Original Message-----\nFrom: Shop\nSent: Monday\n\nOld words",
    "-----Ursprüngliche Nachricht-----\nVon: Laden\n\nAlte Worte",
    "---------- Forwarded message ---------\nFrom: Shop <help@shop.example>\n\nOld words",
    "---------- پیام هدایت‌شده ---------\nاز: فروشگاه\n\nمتن قدیمی",
    "-------- پیام اصلی --------\nمتن قدیمی",
    "-------- الرسالة الأصلية --------\nنص قديم",
    "________________________________\nFrom: Shop <help@shop.example>\nSent: Monday\nTo: me\n"
    "Subject: RE: x\n\nOld words",
    "Von: Laden <help@shop.example>\nGesendet: Montag\nAn: mich\nBetreff: AW: x\n\nAlte Worte",
    "De : Boutique <help@shop.example>\nEnvoyé : lundi\nÀ : moi\nObjet : RE: x\n\nAnciens mots",
    "De: Tienda <help@shop.example>\nEnviado: lunes\nPara: yo\nAsunto: RE: x\n\nPalabras",
    "از: فروشگاه <help@shop.example>\nارسال‌شده: دوشنبه\nبه: من\nموضوع: پاسخ\n\nمتن قدیمی",
    "من: المتجر <help@shop.example>\nتم الإرسال: الاثنين\nإلى: أنا\nالموضوع: رد\n\nنص قديم",
    f"{marker.above('fa')}\nسلام، نامهٔ ما",
    f"{marker.above('en')}\nOur letter",
    f"On 6 May 2024, at 10:12, Shop wrote:\n\n> {marker.above('en')}\n> Our letter",
]
FEET = [
    "Sent from my iPhone",
    "Sent from Yahoo Mail on Android",
    "Get Outlook for iOS",
    "Von meinem iPhone gesendet",
    "Envoyé de mon iPhone",
    "Enviado desde mi iPhone",
    "ارسال شده از آیفون من",
    "أُرسلت من الـ iPhone",
    "-- \nMaryam Ahmadi\nTehran",
    "-Maryam Ahmadi",
]
#: A person's own words that look like the beginning of others'.
NARRATIVES = [
    "کارشناس شما در تاریخ ۱۲ آبان ساعت ۱۰:۳۰ نوشت:\nپول شما فردا برمی‌گردد.\nولی برنگشت.",
    "در پاسخ به نامهٔ من پشتیبانی نوشت:\nما کاری نمی‌کنیم.",
    "Your agent wrote:\nwe will not pay.\nThis is wrong.",
    "On Monday your driver said:\nno.\nI ask for my money.",
    "Er schrieb:\nNein.\nDas ist falsch.",
    "From: Tehran\nTo: Shiraz\nDate: 6 May\nThe flight was cancelled.",
    "از: تهران\nبه: شیراز\nتاریخ: ۱۷ اردیبهشت\nپرواز لغو شد.",
    "Sent from my desk, which is broken, to your shop.",
    "I want:\n- my money\n- an answer",
    "خواسته‌ام:\n- بازگشت پول\n- عذرخواهی",
    "It broke -- twice.\nAnd nobody came.",
]


@pytest.mark.parametrize("quoted", QUOTED)
def test_quotations_of_every_program_are_folded(quoted: str) -> None:
    for own in OWN.values():
        assert parted(f"{own}\n\n{quoted}") == (own, quoted)


@pytest.mark.parametrize("foot", FEET)
def test_feet_are_folded(foot: str) -> None:
    for own in OWN.values():
        assert parted(f"{own}\n\n{foot}") == (own, foot)


@pytest.mark.parametrize("own", NARRATIVES)
def test_what_a_person_tells_stays_theirs(own: str) -> None:
    assert parted(own) == (own, "")


def test_answers_between_quoted_lines_stay() -> None:
    text = "On 6 May 2024 at 10:12, Shop <a@b.example> wrote:\n> When?\nIn May.\n> Where?\nAt home."

    assert parted(text)[0] == "In May.\nAt home."


def test_a_sender_known_by_name_signs_under_their_words() -> None:
    text = "It is broken.\n\nMaryam Ahmadi\nmaryam@example.org\n+98 912 345 6789"

    assert parted(text, "Maryam Ahmadi")[0] == "It is broken."
    assert parted(text)[0] == text


def test_nothing_is_lost() -> None:
    for quoted in QUOTED:
        text = f"{OWN['fa']}\n{quoted}\n\n{OWN['en']}\n{FEET[0]}"
        new, folded = parted(text)
        assert Counter(f"{new}\n{folded}".split()) == Counter(text.split())
