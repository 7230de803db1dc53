"""Amounts of money in whole smallest units; no fractions of a binary kind anywhere."""

import unicodedata
from dataclasses import dataclass

from pasokh.kernel.dates import numerals
from pasokh.kernel.text import fold

#: ISO 4217 codes by the digits of their smallest unit; the Iranian rial is counted whole, as
#: everybody does, although the list still gives it two.
_BY_EXPONENT = {
    0: "BIF CLP DJF GNF IRR ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN"
        " BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS"
        " GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD"
        " LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB"
        " PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC"
        " SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG"
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
}
_EXPONENTS = {code: digits for digits, codes in _BY_EXPONENT.items() for code in codes.split()}
_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}
_PERSIAN_NAMES = {
    "IRR": "ریال",
    "GBP": "پوند",
    "EUR": "یورو",
    "USD": "دلار",
    "AED": "درهم",
    "TRY": "لیر",
}
_TOMAN = ("toman", "tomans", "تومان", "تومن")
_NAMES = {
    **{fold(code): code for code in _EXPONENTS},
    **{sign: code for code, sign in _SIGNS.items()},
    **{fold(name): code for code, name in _PERSIAN_NAMES.items()},
    **dict.fromkeys(("rial", "rials"), "IRR"),
    **dict.fromkeys(map(fold, _TOMAN), "toman"),
}
_GROUPING = (",", "'", "’", "،", " ")
_MOST_DIGITS = 17  # what a PostgreSQL bigint holds, in tomans too


@dataclass(frozen=True)
class Money:
    """An amount in the smallest units of a currency: `Money(1250, "GBP")` is £12.50."""

    amount: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.amount) is not int:
            raise TypeError("an amount is a whole number of smallest units")
        if self.currency not in _EXPONENTS:
            raise ValueError(f"not a currency of ISO 4217: {self.currency}")

    def text(self, language: str) -> str:
        """Write the amount: «۱٬۲۵۰٬۰۰۰ ریال», `£12.50`, `1,250,000 IRR`."""
        number = _number(self.amount, _EXPONENTS[self.currency], language)
        if language.startswith("fa"):
            return f"{number} {_PERSIAN_NAMES.get(self.currency, self.currency)}"
        if sign := _SIGNS.get(self.currency):
            return number.replace("-", f"-{sign}") if self.amount < 0 else f"{sign}{number}"
        return f"{number} {self.currency}"

    def in_toman(self, language: str) -> str:
        """Write an amount of rials in tomans of ten, with the word beside it. For display only."""
        if self.currency != "IRR":
            raise ValueError(f"{self.currency} is not counted in tomans")
        whole = self.amount % 10 == 0
        number = _number(self.amount // 10 if whole else self.amount, 0 if whole else 1, language)
        return f"{number} {'تومان' if language.startswith('fa') else 'toman'}"


def currencies() -> tuple[str, ...]:
    """Every currency an amount may have, by code."""
    return tuple(sorted(_EXPONENTS))


def parse(text: str, currency: str | None = None) -> Money | None:
    """Read an amount that somebody typed, never negative; None where it is not clear.

    The currency stands before or after as sign, code or name, or is the one given (a text that
    names another is refused); tomans become rials. Thousands may be grouped, all of them and all
    alike, by `,` `٬` `،` `'` or a space; the decimal mark is `.` or `٫`, followed by exactly the
    digits of the currency's smallest unit.
    """
    if len(text) > 60 or any(unicodedata.category(char) == "No" for char in text):
        return None  # £12⁵⁰ is not £1250
    folded = fold(text)
    name = folded.strip("0123456789.,'’، ")
    number = folded.removeprefix(name) if folded.startswith(name) else folded.removesuffix(name)
    said = _NAMES.get(name) if name else currency
    if said == "toman":
        return _made(number, "IRR", currency, digits=0, times=10)
    return _made(number, said, currency, digits=_EXPONENTS.get(said or "", 0))


def _made(
    number: str, said: str | None, wanted: str | None, *, digits: int, times: int = 1
) -> Money | None:
    if said is None or said not in _EXPONENTS or wanted not in (None, said):
        return None
    whole, mark, fraction = number.strip().partition(".")
    plain = _ungrouped(whole.strip())
    if plain is None or len(plain) + digits > _MOST_DIGITS:
        return None
    if mark and not (len(fraction) == digits and fraction.isascii() and fraction.isdigit()):
        return None
    return Money(int(plain + (fraction or "0" * digits)) * times, said)


def _ungrouped(whole: str) -> str | None:
    for mark in _GROUPING:
        if mark in whole:
            first, *groups = whole.split(mark)
            if not 1 <= len(first) <= 3 or any(len(group) != 3 for group in groups):
                return None
            whole = first + "".join(groups)
            break
    return whole if whole.isascii() and whole.isdigit() else None


def _number(amount: int, digits: int, language: str) -> str:
    whole, fraction = divmod(abs(amount), 10**digits)
    sign = "-" if amount < 0 else ""
    persian = language.startswith("fa")
    grouped = f"{whole:,}".replace(",", "٬" if persian else ",")
    mark = "٫" if persian else "."
    tail = f"{mark}{fraction:0{digits}}" if digits else ""
    return numerals(f"{sign}{grouped}{tail}", language)
