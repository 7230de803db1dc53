"""What people newly wrote in the replies of two suites, told by the lines of each file.

For GitHub's files the lines are told that a reader takes for the person's own, feet left out; what
talon's own tests expect of its replies stands in `test_mail_read`.
"""

from collections.abc import Iterator
from pathlib import Path

from pasokh.channels.mail_in import html_text, quoting
from pasokh.channels.mail_in.reading import read

#: The person's own lines of each file, counted from one.
GITHUB = {
    "correct_sig.txt": "1",
    "email_1_1.txt": "1-5",
    "email_1_2.txt": "1 9-34",
    "email_1_3.txt": "1-3",
    "email_1_4.txt": "1",
    "email_1_5.txt": "1-15",
    "email_1_6.txt": "1",
    "email_1_7.txt": "1",
    "email_1_8.txt": "13 19",
    "email_2_1.txt": "1",
    "email_2_2.txt": "1",
    "email_2_3.txt": "1",
    "email_BlackBerry.txt": "1",
    "email_bullets.txt": "1-9",
    "email_iPhone.txt": "1",
    "email_long_quote.txt": "1-4 6-8",
    "email_multi_word_sent_from_my_mobile_device.txt": "1",
    "email_one_is_not_on.txt": "1-5",
    "email_sent_from_my_not_signature.txt": "1-3",
    "email_sig_delimiter_in_middle_of_line.txt": "1-7",
    "greedy_on.txt": "1-6",
    "pathological.txt": "1-2",
}


def github(corpus: Path) -> Iterator[tuple[str, bool]]:
    """Each file of GitHub's, and whether the new words were found exactly."""
    folder = corpus / "mail/github-email_reply_parser/test/emails"
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8")
        lines, own = text.splitlines(), []
        for part in GITHUB[path.name].split():
            first, _, last = part.partition("-")
            own += lines[int(first) - 1 : int(last or first)]
        yield path.name, bare(quoting.parted(text)[0]) == bare("".join(own))


def talon(corpus: Path) -> Iterator[tuple[str, str]]:
    """Each of talon's replies, and the new words that were found, without blanks."""
    folder = corpus / "mail/talon/tests/fixtures"
    for path in sorted((folder / "standard_replies").glob("*.eml")):
        yield path.name, bare(read(path.read_bytes()).new)
    for path in sorted((folder / "html_replies").glob("*.html")):
        new = quoting.parted(html_text.text(path.read_text("utf-8")))[0]
        yield path.name, bare(new)


def bare(text: str) -> str:
    """The text without blanks."""
    return "".join(text.split())
