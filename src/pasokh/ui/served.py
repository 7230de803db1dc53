"""How bytes that strangers gave leave for a browser: in three ways, and in no other.

A file is saved and never opened as a page of ours; a picture is one that we drew ourselves; a
recording plays, in pieces if a player asks for them. None of them runs anything or is guessed at.
"""

import os
import re
from collections.abc import Iterator
from io import BufferedReader

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from pasokh.kernel import files

SAVED = "application/octet-stream"
SAFE = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_PIECE = 64 * 1024
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def saved(content: BufferedReader, name: str) -> HttpResponseBase:
    """A file to be saved under its name, whatever it is or claims to be."""
    return FileResponse(
        content,
        as_attachment=True,
        filename=files.clean_name(name),
        content_type=SAVED,
        headers=SAFE,
    )


def drawn(content: BufferedReader, kind: str) -> HttpResponseBase:
    """A picture that we drew, to be shown on a page of ours."""
    return FileResponse(content, content_type=kind, headers=SAFE)


def played(request: HttpRequest, content: BufferedReader, kind: str) -> HttpResponseBase:
    """A recording, whole or the piece that a player asks for (RFC 9110, 14)."""
    size = os.fstat(content.fileno()).st_size
    asked = request.headers.get("Range")
    piece = _piece(asked, size) if asked else range(size)
    if piece is None:
        content.close()
        return HttpResponse(status=416, headers={**SAFE, "Content-Range": f"bytes */{size}"})
    content.seek(piece.start)
    answer = StreamingHttpResponse(
        _read(content, len(piece)), content_type=kind, status=206 if asked else 200, headers=SAFE
    )
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Length"] = str(len(piece))
    if asked:
        answer["Content-Range"] = f"bytes {piece.start}-{piece.stop - 1}/{size}"
    return answer


def _piece(asked: str, size: int) -> range | None:
    """The bytes that a header asks for; None where there are none such, or it asks for several."""
    found = _RANGE.fullmatch(asked.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        return range(max(size - int(found[2]), 0), size) if int(found[2]) and size else None
    first, last = int(found[1]), min(int(found[2] or size), size - 1)
    return range(first, last + 1) if first <= last else None


def _read(content: BufferedReader, left: int) -> Iterator[bytes]:
    with content:
        while left > 0 and (piece := content.read(min(left, _PIECE))):
            left -= len(piece)
            yield piece
