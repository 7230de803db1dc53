"""People in an installation: `settle` makes them, `revisit` asks whether they are still there.

Runs as a process of its own on the installation that its environment names, and prints JSON.
"""

import json
import re
import sys

import django
from django.conf import settings

TEXT = "یخچال از روز اول خراب بود؛ عکس پیوست است."
PHOTO = b"the fridge leaks\n" * 1000


def settle() -> dict[str, str]:
    """Open the shop, file a complaint with a file through the portal; its reference and code."""
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415  apps not loaded
    from django.test import Client  # noqa: PLC0415  apps not loaded
    from tests.journeys.deskworld import open_shop  # noqa: PLC0415  apps not loaded
    from tests.portal.steps import filed  # noqa: PLC0415  apps not loaded

    open_shop()
    ref, code = filed(
        Client(), narrative=TEXT, files=[SimpleUploadedFile("photo.txt", PHOTO, "text/plain")]
    )
    return {"ref": ref, "code": code}


def revisit(ref: str, code: str) -> dict[str, object]:
    """Open the complaint by its code, sign in, and read the file; file another complaint."""
    from django.test import Client  # noqa: PLC0415  apps not loaded
    from tests.journeys.deskworld import PASSWORD  # noqa: PLC0415  apps not loaded
    from tests.portal.steps import filed, follow, page  # noqa: PLC0415  apps not loaded

    browser, desk = Client(), Client()
    followed = follow(browser, ref, code).status_code
    entry = {"login": "parvin@example.org", "password": PASSWORD}
    signed_in = desk.post("/fa/desk/sign-in/", entry)
    case = desk.get(f"/fa/desk/complaints/{ref}/")
    (link,) = set(re.findall(rf'/fa/desk/complaints/{ref}/files/[^"]+', case.content.decode()))
    content = desk.get(f"{link}original/")
    return {
        "followed": followed,
        "told": TEXT in page(browser, "fa"),
        "signed in": signed_in.status_code,
        "case": case.status_code,
        "photo": b"".join(content) == PHOTO,
        "next": filed(Client())[0],
    }


if __name__ == "__main__":
    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    print(json.dumps({"settle": settle, "revisit": revisit}[sys.argv[1]](*sys.argv[2:])))
