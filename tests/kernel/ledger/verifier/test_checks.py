"""Everything that can be done to a bundle is named."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st
from tests.kernel.ledger.conftest import NOON, Tell
from tests.kernel.ledger.verifier.conftest import SUBJECT, WHOLE, alone, findings, resign, run

from pasokh.kernel.ledger import bundle, erase, keys, note, receipt, sequencer
from pasokh.kernel.ledger.models import Entry
from pasokh.kernel.ledger.verifier import checks, words


def test_a_whole_bundle_is_said_to_be_whole(folder: Path) -> None:
    code, lines = run(folder)

    assert (code, lines[0]) == (0, WHOLE)
    assert lines[1].startswith("Checked only against itself.")
    assert keys.fingerprint() in lines[1]


@pytest.mark.parametrize("write", [str, str.upper, lambda key: key.replace("-", " ")])
def test_the_key_decides_whose_log_it_is(folder: Path, write: Callable[[str], str]) -> None:
    assert run(folder, "--key", write(keys.fingerprint())) == (
        0,
        [WHOLE, "Signed by the key you gave."],
    )


def test_a_key_may_be_typed_in_persian_digits(folder: Path) -> None:
    persian = keys.fingerprint().translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))

    assert run(folder, f"--key={persian}")[0] == 0


def test_a_bundle_signed_by_a_lying_key_is_named(
    folder: Path, tmp_path: Path, settings: Any
) -> None:
    """A whole bundle, made and signed from beginning to end by somebody else."""
    honest = keys.fingerprint()
    settings.LEDGER_KEY = settings.LEDGER_KEY.with_name("liar.key")
    liar = keys.signer()
    resign(folder, liar)

    assert run(folder)[0] == 0
    assert findings(folder, "--key", honest) == [
        f"Another log: manifest.txt was signed by the key {liar.key.fingerprint}."
    ]


EVERY = [
    *("README.txt", "checkpoint.txt", "timeline.en.txt", "timeline.fa.txt"),
    *("entries/000001.json", "entries/000003.json", "entries/000005.json"),
]


@pytest.mark.parametrize("name", EVERY)
def test_an_altered_file_is_named(folder: Path, name: str) -> None:
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)

    assert findings(folder) == [f"Altered: {name}."]


@pytest.mark.parametrize("name", EVERY)
def test_a_longer_or_shorter_file_is_named(folder: Path, name: str) -> None:
    data = (folder / name).read_bytes()
    for altered in (data + b" ", data[:-1], b""):
        (folder / name).write_bytes(altered)
        assert findings(folder) == [f"Altered: {name}."]


def test_an_altered_attachment_is_named(folder: Path) -> None:
    (path,) = (folder / "files").iterdir()
    path.write_bytes(b"a photogrAph")

    assert findings(folder) == [f"Altered: files/{path.name}."]


@pytest.mark.parametrize("name", EVERY)
def test_a_removed_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()

    assert findings(folder) == [f"Removed: {name}."]


@pytest.mark.parametrize("name", ["key.txt", "manifest.txt"])
def test_without_key_or_manifest_nothing_is_believed(folder: Path, name: str) -> None:
    (folder / name).unlink()

    assert findings(folder) == [f"Removed: {name}."]


def test_entries_exchanged_are_named(folder: Path) -> None:
    first, second = folder / "entries" / "000002.json", folder / "entries" / "000004.json"
    first.rename(folder / "x")
    second.rename(first)
    (folder / "x").rename(second)

    assert findings(folder) == [
        "Reordered: entries/000002.json holds what belongs in entries/000004.json.",
        "Reordered: entries/000004.json holds what belongs in entries/000002.json.",
    ]


def test_an_entry_removed_and_the_rest_moved_up_is_named(folder: Path) -> None:
    entries = folder / "entries"
    for number in (3, 4):
        (entries / f"{number + 1:06d}.json").replace(entries / f"{number:06d}.json")

    assert findings(folder) == [
        "Reordered: entries/000003.json holds what belongs in entries/000004.json.",
        "Removed: entries/000003.json.",
        "Reordered: entries/000004.json holds what belongs in entries/000005.json.",
    ]


@pytest.mark.parametrize("name", ["entries/000006.json", "note.txt", "files/x", "متن.txt"])
def test_an_added_file_is_named(folder: Path, name: str) -> None:
    (folder / name).write_text("{}")

    shown = name if name.isascii() else ascii(name)
    assert findings(folder) == [f"Added: {shown}."]


def test_an_added_folder_or_link_is_named(folder: Path) -> None:
    (folder / "more" / "entries").mkdir(parents=True)
    (folder / "link").symlink_to("/etc/passwd")

    assert findings(folder) == ["Added: link.", "Added: more."]


def test_an_altered_manifest_is_named(folder: Path) -> None:
    path = folder / "manifest.txt"
    path.write_text(path.read_text("utf-8").replace("12:00:00", "13:00:00"), "utf-8")

    assert findings(folder) == ["Altered: manifest.txt does not fit its signature."]


def test_an_altered_manifest_does_not_hide_an_altered_file(folder: Path) -> None:
    before = bundle._digest(folder / "README.txt")
    (folder / "README.txt").write_text("Trust us.\n")
    after = bundle._digest(folder / "README.txt")
    path = folder / "manifest.txt"
    text = path.read_text("utf-8").replace(before, after)
    path.write_text(text, "utf-8")

    found = findings(folder)
    assert found[0] == "Altered: manifest.txt does not fit its signature."


def test_a_file_taken_out_of_the_manifest_too_is_named(folder: Path) -> None:
    (folder / "entries" / "000005.json").unlink()
    path = folder / "manifest.txt"
    lines = path.read_text("utf-8").splitlines()
    lines[3] = "4"
    path.write_text("\n".join(x for x in lines if "000005" not in x) + "\n", "utf-8")

    assert findings(folder) == [
        "Altered: manifest.txt does not fit its signature.",
        "Altered: manifest.txt.",
    ]


def test_a_swapped_checkpoint_is_named(folder: Path, history: list[Entry], tell: Tell) -> None:
    tell()
    sequencer.run_once(NOON)
    later = json.loads(receipt.issue(history[0]))["checkpoint"]
    (folder / "checkpoint.txt").write_text(later, "utf-8")

    assert findings(folder) == ["Altered: checkpoint.txt."]


def test_a_swapped_key_is_named(folder: Path) -> None:
    stranger = note.Signer("pasokh/stranger", Ed25519PrivateKey.generate()).key
    (folder / "key.txt").write_text(f"{stranger.text}\n{stranger.fingerprint}\n")

    assert "Altered: manifest.txt does not fit its signature." in findings(folder)


class TestHolderOfTheKey:
    """Digests and signatures fit; what the log proves does not."""

    def test_an_altered_entry_is_not_in_the_log(self, folder: Path) -> None:
        path = folder / "entries" / "000005.json"
        path.write_text(path.read_text("utf-8").replace("clock:test", "clock:else"), "utf-8")
        resign(folder, keys.signer())

        assert "Not in the log: entries/000005.json is not proved by its checkpoint." in (
            findings(folder)
        )

    def test_an_entry_left_out_breaks_the_chain(self, folder: Path) -> None:
        entries = folder / "entries"
        for number in (3, 4):
            (entries / f"{number + 1:06d}.json").replace(entries / f"{number:06d}.json")
        resign(folder, keys.signer(), lambda lines: lines.__setitem__(3, "4"))

        assert "Altered: entries/000003.json." in findings(folder)

    @pytest.mark.parametrize("count", ["4", "6", "0", "05", "-5", "x", "9" * 5000])
    def test_a_count_that_does_not_fit_is_named(self, folder: Path, count: str) -> None:
        resign(folder, keys.signer(), lambda lines: lines.__setitem__(3, count))

        assert findings(folder) == [
            "Not readable: manifest.txt has not the form or the size it should have."
        ]

    def test_the_last_entry_left_out_is_contradicted_by_its_receipt(
        self, folder: Path, history: list[Entry], tmp_path: Path
    ) -> None:
        """Nothing inside such a bundle shows it: only what someone else holds."""
        held = tmp_path / "receipt.json"
        held.write_text(receipt.issue(history[6]), "utf-8")
        (folder / "entries" / "000005.json").unlink()
        resign(folder, keys.signer(), shorten(history))

        assert run(folder)[0] == 0
        assert findings(folder, held) == ["Removed: entries/000005.json."]

    @pytest.mark.parametrize("gone", ["checkpoint.txt", "entries", "key.txt"])
    def test_a_bundle_that_leaves_out_its_proof_is_not_whole(self, folder: Path, gone: str) -> None:
        resign(folder, keys.signer())
        path = folder / "manifest.txt"
        lines = note.split(path.read_text("utf-8"))[0].splitlines()
        if gone == "entries":
            lines[3] = "0"
            shutil.rmtree(folder / gone)
        elif gone == "checkpoint.txt":
            (folder / gone).unlink()
        kept = "\n".join(line for line in lines if f" {gone}" not in line)
        path.write_text(keys.signer().sign(kept + "\n"), "utf-8")

        assert "Not readable: manifest.txt has not the form or the size it should have." in (
            findings(folder)
        )

    def test_a_file_under_anothers_digest_is_named(self, folder: Path) -> None:
        (path,) = (folder / "files").iterdir()
        path.rename(path.with_name("0" * 64))
        resign(folder, keys.signer())

        assert findings(folder) == [
            "Not readable: manifest.txt has not the form or the size it should have."
        ]

    def test_altered_sealed_texts_are_named(self, folder: Path) -> None:
        path = folder / "entries" / "000001.json"
        path.write_text(path.read_text("utf-8").replace("متن", "دروغ"), "utf-8")
        resign(folder, keys.signer())

        assert findings(folder) == ["Altered: entries/000001.json."]


def shorten(history: list[Entry]) -> Callable[[list[str]], None]:
    def rewrite(lines: list[str]) -> None:
        lines[3:5] = ["4", note._base64(bytes(history[5].hash))]

    return rewrite


@how(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 255))
def test_no_byte_of_a_bundle_can_be_altered(
    folder: Path, which: int, byte: int, change: int
) -> None:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    path = paths[which % len(paths)]
    before = path.read_bytes()
    data = bytearray(before)
    data[byte % len(data)] ^= change
    path.write_bytes(data)
    report = words.Report()
    checks.check(str(folder), "", [], report)
    path.write_bytes(before)

    name = path.relative_to(folder).as_posix()
    assert any(name in english for english, _ in report.wrong)


def test_no_bit_of_the_manifests_signature_can_be_altered(folder: Path) -> None:
    """Also not the last bits of its base64, which stand for no bit of the signature."""
    path = folder / "manifest.txt"
    text = path.read_text("utf-8")
    line = text.splitlines()[-1]
    altered = [text[:-1], f"{text}\n", text.replace("=\n", "\n"), f"{text}{line}\n"]
    altered += [f"{text[:-3]}{last}=\n" for last in "ABCDabcd0123+/" if last != text[-3]]
    for each in altered:
        path.write_text(each, "utf-8")
        report = words.Report()
        checks.check(str(folder), "", [], report)
        assert {"manifest.txt" in english for english, _ in report.wrong} == {True}


def test_a_manifest_signed_by_a_witness_too_is_whole(folder: Path) -> None:
    witness = note.Signer("witness", Ed25519PrivateKey.generate())
    path = folder / "manifest.txt"
    text = path.read_text("utf-8")
    path.write_text(text + witness.sign(note.split(text)[0]).rpartition("\n\n")[2], "utf-8")

    assert run(folder)[0] == 0


def test_erased_texts_leave_the_bundle_whole(history: list[Entry], tmp_path: Path) -> None:
    erase.erase([entry.pk for entry in history])
    bundle.write(tmp_path / "case", subject=SUBJECT, at=NOON)

    assert run(tmp_path / "case")[1][0] == WHOLE


@pytest.mark.parametrize(
    "arguments", [["--key"], ["--key", "abc"], ["--nonsense"], ["--key", "z" * 32, "r.json"]]
)
def test_a_wrong_command_gets_the_right_one(tmp_path: Path, arguments: list[str]) -> None:
    (found,) = findings(alone(tmp_path), *arguments)

    assert found.startswith("Usage: python3 -I verify.py")


def test_nothing_to_check_is_not_called_whole(tmp_path: Path) -> None:
    assert findings(alone(tmp_path)) == [
        "There is no bundle beside this file, and no receipt was given."
    ]


def test_a_reader_who_goes_away_sees_no_traceback(folder: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -I {folder}/verify.py | true"],
        capture_output=True,
        check=False,
    )

    assert done.stderr == b""
