"""XLSX and ODS, read by a library in a process of its own.

A few bytes can name a cell a million rows further down, for which a reader takes gigabytes. So
another process reads them, with little memory and time: it may die, the worker does not.
"""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

import orjson

from pasokh.kernel.errors import Refused

#: Bytes of memory and seconds of work that the process may take.
MEMORY, SECONDS = 2 * 2**30, 120
_MOST_PARTS = 10_000
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def kind_of(file: BinaryIO, *, most: int, times: int, always: int) -> str:
    """Which of the two a packed file is; refuses others, and what unpacks to too much."""
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
            size = sum(one.file_size for one in parts)
            taken = sum(one.compress_size for one in parts)
            if len(parts) > _MOST_PARTS or size > min(most, taken * times + always):
                raise Refused("sheet-unpacks-too-large")
            names = {one.filename for one in parts}
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "content.xml" in names and "mimetype" in names:
                with packed.open("mimetype") as told:
                    if told.read(200).startswith(_ODS):
                        return "ods"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise Refused("sheet-packing-broken") from error
    raise Refused("sheet-not-known")


def rows(file: BinaryIO) -> Iterator[list[str]]:
    """The rows of the first sheet that holds any, as texts."""
    command = [sys.executable, "-m", "pasokh.channels.sheets.child", str(MEMORY), str(SECONDS)]
    child = subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    told: Any = child.stdout
    try:
        for line in told:
            yield orjson.loads(line)
    finally:
        told.close()
        whole = child.wait() == 0 if _ended(child) else True
    if not whole:
        raise Refused("sheet-cannot-be-read")


def _ended(child: "subprocess.Popen[bytes]") -> bool:
    """Whether the process told everything; one that is not asked any further is ended."""
    try:
        child.wait(5)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        return False
    return True
