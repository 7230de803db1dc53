"""Mail that others collected: how much of what is expected is read; `-rP` shows the shares."""

import json
from collections import Counter
from pathlib import Path

from tests.corpus import fables, plain_headers, replies, stalwart

from pasokh.channels.mail_in.headers import clean
from pasokh.channels.mail_in.reading import read

#: What each reply of talon's says, as its own tests expect it, without blanks.
STANDARD, IN_HTML = "Hello", "Hi.Iamfine.Thanks,Alex"


def share(name: str, right: int, of: int) -> float:
    print(f"{name:40} {right:4} of {of:4}  {right / of:6.1%}")
    return right / of


def test_what_a_parser_of_others_reads_is_read(corpus: Path) -> None:
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for path, expected in stalwart.messages(corpus):
        raw = path.read_bytes()
        found = stalwart.checked(raw, expected, read(raw))
        of.update(found.keys())
        right.update(name for name, good in found.items() if good)

    shares = {name: share(f"stalwart: {name}", right[name], of[name]) for name in sorted(of)}
    assert sorted(of) == ["body", "date", "files", "sender", "subject"]
    assert min(shares.values()) >= 0.98


def test_fables_are_told_and_known_files_are_whole(corpus: Path) -> None:
    words: list[bool] = []
    whole: list[bool] = []
    for _path, mail, fable in fables.told(corpus):
        words += [fables.tells(mail, fable)] if fable else []
        whole += fables.files_whole(corpus, mail)

    assert share("zbateson: words", sum(words), len(words)) >= 0.98
    assert share("zbateson: files", sum(whole), len(whole)) >= 0.98


def test_the_plain_headers_of_a_suite_are_read_as_the_standard_library_does(corpus: Path) -> None:
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for name in ("ruby-mail", "zbateson"):
        for found in plain_headers.compared(corpus / "mail" / name):
            of.update(found.keys())
            right.update(each for each, good in found.items() if good)

    shares = [share(f"ruby, zbateson: {each}", right[each], of[each]) for each in sorted(of)]
    assert sorted(of) == ["date", "sender", "subject"]
    assert min(shares) >= 0.98


def test_the_recipient_of_a_bounce_is_named(corpus: Path) -> None:
    expected = json.loads((corpus / "mail/flufl-expected.json").read_text("utf-8"))
    named = sorted_right = 0
    for name, told in expected.items():
        found = read((corpus / "mail" / name).read_bytes()).statuses
        failed = [each for each in found if each.permanent is not None]
        everybody = {clean(each).lower() for kind in told.values() for each in kind}
        named += {each.recipient.lower() for each in failed} == everybody
        for_good = {clean(each).lower() for each in told["permanent"]}
        sorted_right += {each.recipient.lower() for each in failed if each.permanent} == for_good

    assert share("bounces: recipients named", named, len(expected)) >= 0.95
    assert share("bounces: for good or for now", sorted_right, len(expected)) >= 0.95


def test_the_new_words_of_replies_are_found_exactly(corpus: Path) -> None:
    github = list(replies.github(corpus))
    talon = list(replies.talon(corpus))
    exact = sum(new == (IN_HTML if name.endswith(".html") else STANDARD) for name, new in talon)

    assert len(github) == len(replies.GITHUB)
    assert share("replies: GitHub", sum(good for _, good in github), len(github)) >= 0.8
    assert share("replies: talon", exact, len(talon)) >= 0.8


def test_nothing_of_any_reply_is_lost(corpus: Path) -> None:
    for path in sorted((corpus / "mail").rglob("*.*")):
        if path.suffix in (".eml", ".txt"):
            mail = read(path.read_bytes())
            assert "unreadable" not in mail.faults, path
            assert Counter(replies.bare(mail.new + mail.folded)) == Counter(
                replies.bare(mail.text)
            ), path
