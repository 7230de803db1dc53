"""What every page needs to know about itself. Asks no database."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from pasokh.ui import languages


def page(request: HttpRequest) -> dict[str, Any]:
    """Give templates the name of the site, its start page and the page in other languages.

    A later context processor may put the organisation's own name in place of `site`.
    """
    language = get_language() or next(iter(languages.NAMES))
    return {
        "site": gettext("Pasokh"),
        "home": f"/{language}/",
        "demo": settings.DEMO,
        "other_languages": languages.others(request, language),
    }
