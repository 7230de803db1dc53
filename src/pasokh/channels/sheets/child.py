"""Read a workbook from standard input and write its rows as JSON: runs as a process of its own."""

import sys
from datetime import date, datetime, time, timedelta
from typing import Any

import orjson


def main(memory: int, seconds: int) -> int:
    """Write one line for each row of the first sheet that holds any; 1 if it cannot be read."""
    _limit(memory, seconds)
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  slow import

    try:
        book = CalamineWorkbook.from_filelike(sys.stdin.buffer)
        for number in range(len(book.sheet_names)):
            sheet = book.get_sheet_by_index(number)
            if sheet.height:
                _write(sheet)
                break
    except (CalamineError, MemoryError, ValueError):
        return 1
    return 0


def _write(sheet: Any) -> None:
    out = sys.stdout.buffer
    for row in sheet.iter_rows():
        cells = [text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        out.write(orjson.dumps(cells) + b"\n")


def text(cell: Any) -> str:
    """A cell as somebody would write it: whole numbers without a point, dates by ISO 8601."""
    match cell:
        case bool():
            return "1" if cell else "0"
        case float() if cell.is_integer() and abs(cell) < 10**15:
            return str(int(cell))
        case datetime() if not (cell.hour or cell.minute or cell.second):
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(" ", "seconds")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return str(cell).encode("utf-8", "replace").decode()


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource  # noqa: PLC0415  slow import
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
