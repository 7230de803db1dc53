"""Whether a tracking page may stay open."""

from django.conf import settings

from pasokh.casework.intake.models import AccessCode
from pasokh.kernel import codes


def marker(ref: str) -> str:
    """What a browser is given once reference and code were right: it dies with that code.

    Says nothing of the code itself; empty when the file has none.
    """
    rows = AccessCode.objects.filter(complaint__ref=ref, replaced_at=None)
    if (found := rows.values_list("code_hash", flat=True).first()) is None:
        return ""
    bound = f"{ref}:{bytes(found).hex()}"
    return codes.keyed_hash("tracking-page", bound, settings.SECRET_KEY.encode()).hex()


def still_open(ref: str, given: str) -> bool:
    """Whether a marker given earlier is that of the code in use."""
    now = marker(ref)
    return bool(now) and codes.same(now.encode(), given.encode())
