"""In which language a text is written, by its script and its commonest words. Pure."""

import re
from collections import Counter

#: Characters of a text that are looked at, and words of a language that must be met.
LOOKED_AT, FEWEST = 2000, 1

_WORD = re.compile(r"[^\W\d_]+(?:[\u200c'’][^\W\d_]+)*")
_SCRIPTS = {
    "arabic": re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"),
    "latin": re.compile("[A-Za-z\u00c0-\u024f]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
}
_COMMON = {
    "arabic": {
        "fa": (
            "از به که این را است با برای آن یک شما من ما تا بر هم می نمی شد شده کرد کردم "
            "بود هست های ها هستم کنید کنم باشد سلام لطفا خود ولی اما چرا هنوز دارم نشده "
            "خیلی چون اگر ام ای"
        ),
        "ar": (
            "في على إلى الى أن ان هذا هذه التي الذي لم لا ما هو هي مع عن لقد كان كانت قد "
            "أنا نحن أو او ثم بعد قبل كل ذلك عليكم السلام شكرا مرحبا حتى لكن وقد منذ لدي "
            "يتم تم أريد"
        ),
        "ur": "ہے ہیں کے کی کا میں نے سے کو اور یہ پر ہوں نہیں تھا",
    },
    "latin": {
        "en": (
            "the and of to is in that it you for was on with are this have be not my at "
            "your as we but from has had i me please they been would"
        ),
        "de": (
            "der die das und ist nicht ich ein eine zu mit den von auf für sie wir es im "
            "dem sich auch bitte habe wurde mir aber haben bei noch war ihr ihre"
        ),
        "fr": (
            "le la les de des et est une un je que pour pas vous dans sur nous mon ma avec "
            "ce qui ne du au en mais été suis bonjour merci votre il elle a"
        ),
        "es": (
            "el la los las de que y en un una es por no con para mi se su lo me como más "
            "pero del al usted está hola gracias ha fue he muy"
        ),
        "tr": "ve bir bu da de için ile ben çok ne ama değil olarak var daha sayın",
        "it": "il di che e la un una per non è sono con mi ma ho del della questo grazie",
        "nl": "de het een en van ik te dat is niet voor met op zijn maar heb mijn bij",
        "pt": "o os as de que e do da em um uma para não com por mais foi meu minha obrigado",
    },
}
_SETS = {
    script: {language: frozenset(common.split()) for language, common in languages.items()}
    for script, languages in _COMMON.items()
}
#: Letters that only one of the languages of its script writes.
_OWN = {"fa": frozenset("پچژگکی"), "ar": frozenset("ةكيىإؤ"), "ur": frozenset("ٹڈڑںےہ")}


def of(text: str) -> str:
    """The language's code (ISO 639-1), or empty where nothing tells."""
    part = text[:LOOKED_AT]
    if part.isascii():
        return _among("latin", part)
    counts = Counter({name: len(found.findall(part)) for name, found in _SCRIPTS.items()})
    script, most = counts.most_common(1)[0]
    if not most:
        return ""
    if script == "zh" and counts["ja"]:
        return "ja"
    return _among(script, part) if script in _SETS else script


def _among(script: str, text: str) -> str:
    """The language of a script whose common words, and own letters, are met most."""
    met = Counter(_WORD.findall(text.casefold()))
    scores = {
        language: sum(count for word, count in met.items() if word in common)
        for language, common in _SETS[script].items()
    }
    if script == "arabic":
        letters = Counter(text)
        for language, own in _OWN.items():
            scores[language] += sum(letters[each] for each in own) / 4  # type: ignore[assignment]
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= FEWEST or script == "arabic" else ""
