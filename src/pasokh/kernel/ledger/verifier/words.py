"""Check a Pasokh case bundle, a receipt, or both. Needs Python 3.9 or newer and nothing else.

    python3 -I verify.py [--key FINGERPRINT] [receipt.json ...]

Lies in the bundle it checks; beside no bundle it checks receipts alone. Writes nothing, asks no
network, ends with 0 when everything is whole and with 1 when it is not. `docs/ledger.md` of
Pasokh gives every format. A careful reader takes this file from Pasokh itself, not from the
bundle (`pasokh/kernel/ledger/verifier`): whoever forges a bundle may forge its checker.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

SENTENCES = {
    "altered": ("Altered: {name}.", "دستکاری شده: {name}."),
    "removed": ("Removed: {name}.", "حذف شده: {name}."),
    "added": ("Added: {name}.", "افزوده شده: {name}."),
    "reordered": (
        "Reordered: {name} holds what belongs in {other}.",
        "جابه‌جا شده: آنچه در {name} است جایش {other} است.",
    ),
    "unreadable": (
        "Not readable: {name} has not the form or the size it should have.",
        "خواندنی نیست: {name} شکل یا اندازه‌ای را که باید ندارد.",
    ),
    "signature": (
        "Altered: {name} does not fit its signature.",
        "دستکاری شده: {name} با امضایش نمی‌خواند.",
    ),
    "proof": (
        "Not in the log: {name} is not proved by its checkpoint.",
        "در دفتر نیست: نقطهٔ وارسی، {name} را اثبات نمی‌کند.",
    ),
    "foreign": (
        "Another log: {name} was signed by the key {fingerprint}.",
        "دفتری دیگر: {name} با کلید {fingerprint} امضا شده است.",
    ),
    "usage": (
        "Usage: python3 -I verify.py [--key FINGERPRINT] [receipt.json ...]; the fingerprint has"
        " 32 hexadecimal digits.",
        "شیوهٔ اجرا: python3 -I verify.py [--key FINGERPRINT] [receipt.json ...]؛ اثر انگشت کلید"
        " ۳۲ رقم در مبنای شانزده است.",
    ),
    "nothing": (
        "There is no bundle beside this file, and no receipt was given.",
        "کنار این پرونده بسته‌ای نیست و رسیدی هم داده نشده است.",
    ),
    "failed": ("Not whole. Findings: {count}.", "سالم نیست. شمار یافته‌ها: {count}."),
    "bundle": (
        "Whole: {count} entries of {subject}, exported at {at}.",
        "سالم: {count} ثبت از {subject}، صادرشده در {at}.",
    ),
    "filed": (
        "Whole: {name} proves entry {number} of {subject} at {at}, at place {index} of the log.",
        "سالم: {name} ثبت {number} از {subject} را در زمان {at} و در جای {index} دفتر اثبات می‌کند.",
    ),
    "promised": (
        "Whole: {name} is a promise, made at {at}, to hold entry {number} of {subject}. That the"
        " log kept it, only the later receipt from the same address proves.",
        "سالم: {name} قولی است که در {at} برای نگه‌داری ثبت {number} از {subject} داده شده است."
        " اینکه دفتر به آن عمل کرده، فقط با رسید بعدیِ همان نشانی اثبات می‌شود.",
    ),
    "erased": (
        "The sealed texts of {name} are not here: erased or left out.",
        "متن‌های مُهرشدهٔ {name} اینجا نیست: پاک شده یا کنار گذاشته شده است.",
    ),
    "newer": (
        "{name} is newer than the bundle; the two were not compared.",
        "{name} از این بسته تازه‌تر است؛ این دو با هم سنجیده نشدند.",
    ),
    "key": ("Signed by the key you gave.", "با همان کلیدی که دادید امضا شده است."),
    "itself": (
        "Checked only against itself. Whose log it is, only the key tells: compare {fingerprint}"
        " with a printed receipt or the portal, or give it with --key.",
        "فقط با خودش سنجیده شد. اینکه دفترِ کیست، فقط از کلید پیداست: {fingerprint} را با رسید"
        " چاپی یا درگاه بسنجید یا با --key بدهید.",
    ),
}


class Wrong(Exception):  # noqa: N818  what was found, not a mistake of ours
    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


class Report:
    """What was found, in the order it was found, each thing said once."""

    def __init__(self) -> None:
        self.wrong: list[tuple[str, str]] = []
        self.right: list[tuple[str, str]] = []

    def found(self, code: str, **facts: object) -> None:
        if (sentence := _say(code, facts)) not in self.wrong:
            self.wrong.append(sentence)

    def note(self, code: str, **facts: object) -> None:
        self.right.append(_say(code, facts))

    def attempt(self, name: str, check: Callable[..., Any], *given: Any) -> Any:
        """Run a check; what it raises becomes a finding about the thing named."""
        try:
            return check(*given)
        except Wrong as wrong:
            self.found(wrong.code, **{"name": shown(name), **wrong.facts})
        except FileNotFoundError:
            self.found("removed", name=shown(name))
        except Exception:  # noqa: BLE001  whatever a stranger's file provokes
            self.found("unreadable", name=shown(name))
        return None


def _say(code: str, facts: dict[str, Any]) -> tuple[str, str]:
    english, persian = SENTENCES[code]
    return english.format(**facts), persian.format(**facts)


def shown(name: str) -> str:
    """A name from a stranger, safe on a terminal."""
    shown = name if name.isascii() and name.isprintable() else ascii(name)
    return shown if len(shown) <= 120 else shown[:120] + "..."
