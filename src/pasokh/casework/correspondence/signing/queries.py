"""Which key signs, and which are there."""

from dataclasses import dataclass

from pasokh.casework.correspondence.signing.actions import USE
from pasokh.casework.correspondence.signing.models import SigningKey
from pasokh.kernel import sealed


@dataclass(frozen=True)
class Signer:
    """What a signature is made with. `private` is a key in PEM, never shown or logged."""

    domain: str
    selector: str
    private: str

    def __repr__(self) -> str:
        return f"Signer({self.selector} of {self.domain})"


def key_of(domain: str) -> SigningKey | None:
    """The key of a domain that is not retired, whether it signs yet or not."""
    return SigningKey.objects.filter(domain=domain, retired_at=None).first()


def signer(domain: str) -> Signer | None:
    """What signs the mail of a domain now; BrokenError when its key cannot be opened here."""
    row = SigningKey.objects.filter(domain=domain, retired_at=None, used_from__isnull=False).first()
    if row is None:
        return None
    private = sealed.unseal(USE, f"{domain} {row.selector}", bytes(row.sealed))
    return Signer(row.domain, row.selector, private)
