"""How a file is named and which version of it was seen."""

from typing import Annotated, Any

from ninja import Path

from pasokh.api.v1.values import LARGEST
from pasokh.kernel import refs

#: A reference as it stands in an address.
Ref = Annotated[
    str,
    Path(description="The reference of a file, like P-000042-7.", max_length=60),
]
#: The id of something that hangs on a file.
Number = Annotated[int, Path(ge=1, le=LARGEST)]


def ref(text: str) -> str:
    """The reference of an address, however its digits were written."""
    return refs.read(text) or text


def etag(case: Any) -> str:
    """Which version of a file this is, as HTTP says it."""
    return f'"{case.ref}.{case.version}"'


def standing(case: Any) -> dict[str, Any]:
    """Where a file lies and which version of it this is."""
    return {
        "reference": case.ref,
        "state": str(case.state),
        "stage": case.stage,
        "version": case.version,
    }
