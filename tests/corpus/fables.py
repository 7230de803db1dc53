"""75 messages of a parser's suite: each tells one of three fables, and encloses known files.

Which fable, a message's subject says; the fables and files stand beside the messages. Words are
compared without blanks and signs, for the programs that sent them set those as they liked.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from pasokh.channels.mail_in.parsed import Parsed
from pasokh.channels.mail_in.reading import read

FABLES = {
    "Hasen": "HasenundFrosche.txt",
    "Tortoise": "hareandtortoise.txt",
    "Stork": "farmerandstork.txt",
}
#: Spoilt before it was sent: its UTF-7 has other letters for umlauts, and swallowed those
#: beside them. What its bytes say, by the standard library, is what must be read.
SPOILT = "m1011.txt"
#: Letters of a fable that must be found: some messages tell it shortened.
BEGINNING = 200


def told(corpus: Path) -> Iterator[tuple[Path, Parsed, str | None]]:
    """Each message as it was read, and the fable that it tells."""
    folder = corpus / "mail/zbateson/tests/_data/emails"
    for path in sorted(folder.glob("*.txt")):
        mail = read(path.read_bytes())
        names = [name for word, name in FABLES.items() if word in mail.subject]
        fable = (folder / "files" / names[0]).read_text("latin-1") if names else None
        if path.name == SPOILT:
            fable = re.split(rb"\r?\n\r?\n", path.read_bytes(), maxsplit=1)[1].decode("utf-7")
        yield path, mail, letters(fable)[:BEGINNING] if fable else None


def tells(mail: Parsed, fable: str) -> bool:
    """Whether a message tells a fable: in its words, or in a text that it encloses as a file."""
    files = (each.content.decode("latin-1") for each in mail.files if each.name.endswith(".txt"))
    return any(fable in letters(text) for text in (mail.text, *files))


def letters(text: str) -> str:
    """The letters of a text alone."""
    return re.sub(r"[\W_]", "", text)


def files_whole(corpus: Path, mail: Parsed) -> list[bool]:
    """For each enclosed file that is known by its name, whether it is whole, line ends aside."""
    folder = corpus / "mail/zbateson/tests/_data/emails/files"
    return [
        _lines((folder / each.name).read_bytes()) == _lines(each.content)
        for each in mail.files
        if (folder / each.name).is_file()
    ]


def _lines(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").strip()
