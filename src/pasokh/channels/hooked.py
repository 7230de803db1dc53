"""What other programs call us with, at addresses that hold a secret."""

import json
from typing import Any

from django.http import HttpRequest


def told(request: HttpRequest, largest: int) -> Any:
    """What was sent, as JSON or as a form; None when it is longer than so many bytes or no JSON."""
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > largest:
            return None
    except ValueError:
        return None
    if request.content_type != "application/json":
        return {**request.GET.dict(), **request.POST.dict()}
    try:
        return json.loads(request.read(largest + 1))
    except (ValueError, RecursionError):
        return None
