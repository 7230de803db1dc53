"""One entry with its proof, in a bundle or as a receipt."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

from pasokh.kernel.ledger.verifier.curve import included
from pasokh.kernel.ledger.verifier.reading import Key, base64, head, key, opened, parse, read
from pasokh.kernel.ledger.verifier.words import Report, Wrong, shown


def entry(proved: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return what an entry says and its leaf hash; its seal must fit the texts beside it."""
    data = proved["entry"].encode()
    said, sealed = parse(data), proved.get("sealed")
    plain = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if plain.encode() != data:
        raise Wrong("altered")
    if sealed is not None:
        text = bytes.fromhex(sealed["salt"]) + sealed["json"].encode()
        if hashlib.sha256(text).hexdigest() != said.get("seal"):
            raise Wrong("altered")
    return said, hashlib.sha256(b"\x00" + data).digest()


def place(proved: dict[str, Any], leaf: bytes, top: tuple[int, bytes]) -> int:
    """Return the entry's place in the log, once the proof was followed up to the checkpoint."""
    index = proved["proof"]["index"]
    hashes = [bytes.fromhex(item) for item in proved["proof"]["hashes"][:64]]
    if type(index) is not int or not included(leaf, index, top[0], hashes, top[1]):
        raise Wrong("proof")
    return index


def link(
    path: str,
    subject: str,
    number: int,
    previous: bytes | None,
    top: tuple[int, bytes] | None,
) -> bytes:
    """Check one entry of a bundle and return its hash."""
    proved = parse(read(path))
    said, leaf = entry(proved)
    if (said["subject"], said["number"]) != (subject, number):
        raise Wrong("altered")
    if (number == 1 and "previous" in said) or (
        previous and said.get("previous") != previous.hex()
    ):
        raise Wrong("altered")
    if top:
        place(proved, leaf, top)
    return leaf


def receipt(path: str, report: Report) -> tuple[Key, dict[str, Any], bytes]:
    """Check a receipt of either age; return whose it is, what its entry says, and its hash."""
    proved, name = parse(read(path)), shown(os.path.basename(path))
    by = key(proved["key"])
    said, leaf = entry(proved)
    kind, log, promised, at = opened(proved["promise"], by)
    if (kind, log) != ("pasokh promise 1", by.name) or base64(promised, 32) != leaf:
        raise Wrong("signature")
    if proved["form"] != "pasokh-receipt-1" or proved["fingerprint"] != by.fingerprint:
        raise Wrong("unreadable")
    number, subject = shown(str(said["number"])), shown(said["subject"])
    facts = {"name": name, "number": number, "subject": subject, "at": shown(at)}
    if "proof" in proved or "checkpoint" in proved:
        index = place(proved, leaf, head(proved["checkpoint"], by))
        report.note("filed", index=index, **facts)
    else:
        report.note("promised", **facts)
    if "seal" in said and "sealed" not in proved:
        report.note("erased", name=name)
    return by, said, leaf
