"""What an outsider holds against us: an entry with everything needed to check it offline.

A receipt has two ages. At once it carries a promise: the log key's signature over the entry's
hash and its time. Once the entry is sequenced it carries the inclusion proof and a checkpoint too.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pasokh.kernel.ledger import note, tree
from pasokh.kernel.ledger.models import Entry, Sequenced

FORM = "pasokh-receipt-1"


def issue(entry: Entry, *, texts: bool = True) -> str:
    """Return the receipt as JSON: the content of `receipt-REF.json`, perhaps without its texts."""
    place = Sequenced.objects.filter(entry_id=entry.pk).first()
    last = tree.latest()
    signer = tree.signer(last)
    receipt = {
        "form": FORM,
        "key": signer.key.text,
        "fingerprint": signer.key.fingerprint,
        "promise": signer.sign(note.promise(signer.name, bytes(entry.hash), entry.recorded_at)),
        **evidence(entry, texts=texts),
    }
    if place and last:
        receipt["proof"] = proofs([place.index], last.size)[0]
        receipt["checkpoint"] = last.note
    return written(receipt)


def evidence(entry: Entry, *, texts: bool = True) -> dict[str, Any]:
    """Return an entry's bytes as text, with its sealed texts unless they were erased."""
    found: dict[str, Any] = {"entry": bytes(entry.canonical).decode()}
    if texts and (sealed := entry.texts):
        found["sealed"] = {"json": bytes(sealed.json).decode(), "salt": bytes(sealed.salt).hex()}
    return found


def proofs(indices: Sequence[int], size: int) -> list[dict[str, Any]]:
    """Return the inclusion proof of each place, as receipts and bundles write it."""
    return [
        {"index": index, "hashes": [digest.hex() for digest in hashes]}
        for index, hashes in zip(indices, tree.inclusion(indices, size), strict=True)
    ]


def written(proved: Mapping[str, Any]) -> str:
    """Return the JSON of a receipt or of a bundle's entry, for people to look at too."""
    return json.dumps(proved, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
