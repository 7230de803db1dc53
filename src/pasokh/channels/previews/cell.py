"""The outside of the process in which strangers' files are drawn: start it, hear it out, end it."""

import json
import os
import select
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO

#: Seconds until a process is ended, whatever it says; bytes that it may say, and of one header.
PATIENCE, MOST, HEADER = 60.0, 96 << 20, 64 * 1024
_PROGRAM = str(Path(__file__).with_name("drawer.py"))
_FRAME = struct.Struct("!LL")


@dataclass(frozen=True)
class Piece:
    """One thing that was drawn or read: what it says of itself, and its bytes."""

    header: dict[str, Any]
    content: bytes = b""


@dataclass(frozen=True)
class Outcome:
    """What came out: the pieces, how many pages the file has, and why it failed if it did.

    `alone` says that the process surely had no network.
    """

    pieces: tuple[Piece, ...] = ()
    pages: int = 0
    failed: str = ""
    alone: bool = False
    marks: dict[int, list[str]] = field(default_factory=dict)


def draw(content: BinaryIO, kind: str, *, most: int) -> Outcome:
    """Draw the first pages of a file."""
    return _run(content, "draw", kind, most)


def read(content: BinaryIO, kind: str, *, most: int) -> Outcome:
    """Read the QR codes on the first pages of a file."""
    return _run(content, "read", kind, most)


def part(content: BinaryIO, kind: str, first: int, last: int) -> Outcome:
    """Take some pages of a file out, as a PDF of their own."""
    return _run(content, "part", kind, first, last)


def _run(content: BinaryIO, task: str, kind: str, *numbers: int) -> Outcome:
    command = [sys.executable, "-I", "-B", _PROGRAM, json.dumps([task, kind, *numbers])]
    with subprocess.Popen(
        command,
        stdin=content,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8"},
        cwd="/",
        start_new_session=True,
    ) as process:
        try:
            return _outcome(_heard(process))
        finally:
            process.kill()


def _heard(process: "subprocess.Popen[bytes]") -> bytes:
    """All that a process says in its time; nothing of one that says too much or takes too long."""
    out, until, said = process.stdout, monotonic() + PATIENCE, bytearray()
    assert out is not None  # noqa: S101  asked for by PIPE
    while (left := until - monotonic()) > 0 and len(said) <= MOST:
        if not select.select([out], [], [], left)[0]:
            break
        if not (more := os.read(out.fileno(), 1 << 20)):
            return bytes(said)
        said += more
    return b""


def _outcome(said: bytes) -> Outcome:
    """Read what was said; a process that ended before its last word has drawn nothing."""
    try:
        *pieces, last = _pieces(said)
    except ValueError:
        return Outcome(failed="the process was ended")
    told = last.header
    if "end" not in told:
        return Outcome(failed="the process was ended")
    alone = bool(told.get("alone"))
    if failed := str(told.get("failed", "")):
        return Outcome(failed=failed, alone=alone)
    marks = {
        int(one.header["number"]): [str(text) for text in one.header["texts"]]
        for one in pieces
        if one.header.get("what") == "marks"
    }
    return Outcome(tuple(pieces), int(told["pages"]), "", alone, marks)


def _pieces(said: bytes) -> Iterator[Piece]:
    at = 0
    while at < len(said):
        if len(said) - at < _FRAME.size:
            raise ValueError("cut off")
        told, content = _FRAME.unpack_from(said, at)
        start, end = at + _FRAME.size + told, at + _FRAME.size + told + content
        if told > HEADER or end > len(said):
            raise ValueError("cut off")
        yield Piece(json.loads(said[start - told : start]), said[start:end])
        at = end
