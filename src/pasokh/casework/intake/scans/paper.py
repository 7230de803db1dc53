"""Reference sheets on paper, in either language: a page each, with a QR code that is ours."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext, override

from pasokh.casework.complaints.queries import complaint_for
from pasokh.casework.intake.scans.queries import code_of_case, code_of_sheet
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import dates, paper
from pasokh.kernel.actors import Actor


def case_sheet(by: Actor, ref: str, *, language: str) -> bytes:
    """The reference sheet of a complaint that the actor may see."""
    case = complaint_for(by, ref)
    return _typeset([(code_of_case(case.ref), case.ref)], language)


def blank_sheets(numbers: Sequence[int], *, language: str) -> bytes:
    """Blank reference sheets, by the numbers under which they were made."""
    labels = [dates.numerals(f"{number:05}", language) for number in numbers]
    codes = [code_of_sheet(number) for number in numbers]
    return _typeset(list(zip(codes, labels, strict=True)), language, blank=True)


def _typeset(sheets: Sequence[tuple[str, str]], language: str, *, blank: bool = False) -> bytes:
    own = organisation.organisation()
    with override(language):
        data: dict[str, Any] = {
            "language": language,
            "title": gettext("Reference sheet"),
            "alt": gettext("A QR code that says where the letter under this sheet belongs"),
            "lines": list(_lines(blank=blank)),
            "foot": str(own.name) if own else "",
            "page": gettext("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
            "missing": "",
            "head": {"name": str(own.name) if own else "", "unit": "", "rows": []},
            "sheets": [{"rows": squares(code), "label": label} for code, label in sheets],
        }
        return paper.typeset("sheet", data)


def _lines(*, blank: bool) -> Sequence[str]:
    last = (
        gettext("All letters that come under this sheet belong to one complaint.")
        if blank
        else gettext("It then files itself with this complaint.")
    )
    return (
        gettext("Lay this sheet on top of the letter and scan both together."),
        last,
        gettext("Several letters can be scanned at once, each under a sheet of its own."),
    )


def squares(text: str) -> list[list[int]]:
    """A QR code as rows of squares: 1 is dark."""
    import zxingcpp  # noqa: PLC0415  slow import

    kind: Any = zxingcpp.BarcodeFormat.QRCode
    made = zxingcpp.create_barcode(text, kind, ec_level="Q")
    drawn: Any = zxingcpp.write_barcode_to_image(made, scale=1, add_quiet_zones=False)
    points: Any = memoryview(drawn).tolist()
    return [[int(point == 0) for point in row] for row in points]
