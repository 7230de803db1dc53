"""Write the OpenAPI document and the Python client: `python -m pasokh.api.v1.draw`."""

from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[4]
DOCUMENT = ROOT / "docs" / "api" / "openapi.json"
CLIENT = ROOT / "clients" / "python" / "pasokh_client.py"


def drawn() -> dict[Path, str]:
    """What each of the two files holds."""
    from pasokh.api.v1 import document, python_client  # noqa: PLC0415  apps not loaded

    return {
        DOCUMENT: document.written(),
        CLIENT: python_client.written(document.document()),
    }


if __name__ == "__main__":
    django.setup()
    for path, text in drawn().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
