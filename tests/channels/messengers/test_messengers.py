"""Complaints filed and followed by chat, by text and by voice-mail; a stand-in messenger."""

import base64
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from tests.casework.conftest import START, acts, shop, terms
from tests.casework.correspondence.correspondents import describe_office
from tests.channels.sms.gateways import CREDENTIALS, Gateway, gateway

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.complaints.models import Complaint, Message
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.intake.conversations import actions
from pasokh.casework.intake.conversations.models import Conversation, Heard
from pasokh.casework.intake.conversations.terms import FROM_ONE, SourceKind
from pasokh.casework.texting import actions as texting
from pasokh.channels.messengers import joining
from pasokh.channels.messengers.answering import hear
from pasokh.channels.sms.sending import send_texts
from pasokh.directory.people.models import ContactPoint
from pasokh.kernel import clock, targets

__all__ = ["acts", "shop", "terms"]

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@dataclass
class Messenger:
    """What a bot said, and how the messenger answers it: `script` goes first."""

    port: int = 0
    said: list[tuple[str, str]] = field(default_factory=list)
    hooks: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    script: list[tuple[int, Any]] = field(default_factory=list)


@pytest.fixture(scope="module")
def running() -> Iterator[Messenger]:
    box = Messenger()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if box.script:
                self._say(*box.script.pop(0))
                return
            assert self.path.startswith("/botTOKEN:1/")
            result: Any = True
            if self.path.endswith("/sendMessage"):
                box.said.append((str(told["chat_id"]), told["text"]))
                result = {"message_id": len(box.said)}
            elif self.path.endswith("/getFile"):
                result = {"file_path": f"photos/{told['file_id']}", "file_size": 9}
            else:
                box.hooks.append(told)
            self._say(200, {"ok": True, "result": result})

        def do_GET(self) -> None:
            content = box.files.get(self.path.rsplit("/", 1)[1])
            self._say(200 if content else 404, content or b"{}")

        def _say(self, status: int, body: Any) -> None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    box.port = server.server_port
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield box
    server.shutdown()
    server.server_close()


@pytest.fixture
def box(running: Messenger, shop: Any, settings: Any, tmp_path: Any) -> Iterator[Messenger]:
    running.said.clear()
    running.hooks.clear()
    running.script.clear()
    describe_office()
    settings.OUTGOING_NETWORKS = targets.networks(["127.0.0.1/32"])
    settings.PUBLIC_ADDRESS, settings.FILES = "https://p.example", tmp_path
    clock.inject(lambda: START)
    yield running
    clock.inject(None)


class Source:
    """A source of messages, as whoever writes there finds it."""

    def __init__(self, shop: Any, kind: SourceKind, base: str = "") -> None:
        made = actions.add_source(
            kind, name="bot", base=base, token="TOKEN:1", by=shop.zahra, at=START
        )
        self.id, self.secret, self.shown = made
        self.number = 0

    def send(self, told: Any, **headers: str) -> int:
        answer = Client().post(
            f"/hooks/messages/{self.secret}/",
            json.dumps(told),
            content_type="application/json",
            headers=headers or {"X-Telegram-Bot-Api-Secret-Token": self.shown},
        )
        return answer.status_code

    def write(self, chat: int, text: str = "", **more: Any) -> int:
        """A message in a chat."""
        self.number += 1
        message = {"chat": {"id": chat, "type": "private"}, "text": text, **more}
        return self.send({"update_id": self.number, "message": message})


@pytest.fixture
def bot(box: Messenger, shop: Any) -> Source:
    return Source(shop, SourceKind.TELEGRAM, f"http://127.0.0.1:{box.port}")


STORY = "یخچال از روز اول خراب بود"


def talk(source: Source, chat: int, *texts: str) -> None:
    for text in texts:
        assert source.write(chat, text) == 200
        hear(START)


@pytest.mark.clause("10002:7.2")
def test_a_complaint_is_filed_and_followed_in_a_chat_and_nowhere_else(
    bot: Source, box: Messenger, shop: Any
) -> None:
    joining.listen(bot.id, bot.secret)
    (hook,) = box.hooks
    assert hook["url"] == f"https://p.example/hooks/messages/{bot.secret}/"
    assert hook["secret_token"] == bot.shown

    talk(bot, 5, "/start", "شکایت", STORY)
    assert "یخچال".encode() not in bytes(Conversation.objects.get().sealed)
    box.files["F9"] = b"\xff\xd8\xff\xe0 a photo of a fridge"
    bot.write(5, "تعویض", photo=[{"file_id": "F9", "file_size": 24}])
    hear(START)
    talk(bot, 5, "مریم", "۱")

    case = Complaint.objects.get()
    assert (case.channel, case.narrative, case.remedy_wanted) == ("messenger", STORY, "تعویض")
    assert case.attachments.get().name == "photo.jpg"
    told = [text for chat, text in box.said if chat == "5"]
    assert case.ref in told[-2]
    receipt = Letter.objects.get(complaint=case).tellings.get()
    assert (receipt.way, receipt.proof["messenger"]) == ("chatted", f"telegram {bot.id}")
    assert receipt.proof["message_id"] == str(len(box.said) - 1)
    assert case.done(Milestone.ACKNOWLEDGED)
    code = told[-1].split(":", 1)[1].split("–")[0].strip()
    assert len(code) == 19

    talk(bot, 5, f"پیگیری {case.ref}")
    assert "رسیده است" in box.said[-1][1]
    talk(bot, 6, f"پیگیری {case.ref}", f"{case.ref} یک چیز دیگر")
    strange = [text for chat, text in box.said if chat == "6"]
    assert len(set(strange)) == 1
    assert case.ref not in strange[0]
    assert not Message.objects.exists()

    Complaint.objects.update(unit=shop.units["tehran"])
    complaints.message(case.ref, text="شمارهٔ سفارش؟", by=shop.reza, at=START)
    talk(bot, 5, "۱۲۳۴ است")
    heard = Message.objects.get(incoming=True)
    assert (heard.text, heard.channel) == ("۱۲۳۴ است", "messenger")
    assert Complaint.objects.count() == 1


def test_a_message_that_comes_twice_is_one_and_a_forged_one_none(
    bot: Source, box: Messenger
) -> None:
    said = {"update_id": 7, "message": {"chat": {"id": 5}, "text": "/start"}}
    assert [bot.send(said), bot.send(said)] == [200, 200]
    hear(START)
    hear(START + MINUTE)
    assert len(box.said) == 1

    assert bot.send(said, **{"X-Telegram-Bot-Api-Secret-Token": "forged"}) == 404
    assert Client().post("/hooks/messages/forged/", said).status_code == 404
    for odd in ([], "x", {"update_id": 9}, {"update_id": 9, "message": {"chat": {"id": "x"}}}):
        assert bot.send(odd) == 200
    group = {"chat": {"id": -5, "type": "group"}, "text": "hello"}
    assert bot.send({"update_id": 10, "message": group}) == 200
    address, shown = (
        f"/hooks/messages/{bot.secret}/",
        {"X-Telegram-Bot-Api-Secret-Token": bot.shown},
    )
    for body in (b"{", b"[" * 9000, b"x" * 300_000):
        answer = Client().post(address, body, content_type="application/json", headers=shown)
        assert answer.status_code == 400
    assert Heard.objects.count() == 1


def test_an_answer_that_does_not_get_through_is_said_later_and_a_closed_chat_is_left(
    bot: Source, box: Messenger
) -> None:
    box.script = [(429, {"ok": False, "description": "Too Many Requests"})]
    bot.write(5, "/start")
    hear(START)
    assert (box.said, Heard.objects.get().stage) == ([], "answering")
    hear(START + MINUTE)
    assert len(box.said) == 1

    box.script = [(403, {"ok": False, "description": "bot was blocked by the user"})]
    bot.write(5, "/start")
    hear(START + 2 * MINUTE)
    hear(START + 9 * MINUTE)
    assert [one.stage for one in Heard.objects.order_by("pk")] == ["done", "done"]
    assert len(box.said) == 1


def test_a_flood_from_one_chat_is_held_back_and_others_are_heard(
    bot: Source, box: Messenger
) -> None:
    for _ in range(FROM_ONE + 5):
        bot.write(5, "/start")
    bot.write(6, "/start")

    assert Heard.objects.filter(stage="passed").count() == 5
    assert Heard.objects.latest("pk").stage == "waiting"


@pytest.fixture
def texted(box: Messenger, shop: Any) -> Iterator[Gateway]:
    with gateway() as running:
        texting.set_gateway(
            "kavenegar",
            base=running.base,
            sender="3000",
            credentials={"key": CREDENTIALS["key"]},
            notice_tells=False,
            per_number=50,
            per_hour=99,
            by=shop.zahra,
            at=START,
        )
        yield running


def test_a_complaint_by_text_confirms_its_number_and_stop_stops(texted: Gateway, shop: Any) -> None:
    source = Source(shop, SourceKind.SMS)
    for turn, text in enumerate(["شکایت", STORY, "هیچ", "مریم", "بله"]):
        told = {"messageid": str(turn), "from": "09123456789", "to": "3000", "message": text}
        assert source.send(told) == 200
        hear(START)
    case = Complaint.objects.get()
    assert case.channel == "sms"
    point = ContactPoint.objects.get()
    assert (point.key, point.confirmed_how) == ("+989123456789", "wrote")

    send_texts(START + MINUTE)
    said = [sent.text for sent in texted.texts]
    assert case.ref in said[-1]
    assert not any(len(word) == 19 and word.count("-") == 3 for word in said[-1].split())

    source.send({"messageid": "90", "from": "989123456789", "message": f"پیگیری {case.ref}"})
    source.send({"messageid": "91", "from": "09350000000", "message": f"پیگیری {case.ref}"})
    source.send({"messageid": "92", "from": "09123456789", "message": f"کد {case.ref}"})
    hear(START + MINUTE)
    from pasokh.channels.mail_out import keep_texts  # noqa: PLC0415  apps not loaded

    keep_texts(START + MINUTE)
    send_texts(START + 2 * MINUTE)
    mine = [sent.text for sent in texted.texts if sent.to == "09123456789"]
    other = [sent.text for sent in texted.texts if sent.to == "09350000000"]
    assert any("رسیده است" in text for text in mine)
    assert any("/follow/lost/link/" in text for text in mine)
    assert case.ref not in other[0]

    source.send({"messageid": "99", "from": "09123456789", "message": "۱۱"})
    hear(START + 3 * MINUTE)
    point.refresh_from_db()
    assert point.texts_stopped_at == START + 3 * MINUTE


def test_a_voice_mail_is_filed_with_its_recording(box: Messenger, shop: Any) -> None:
    source = Source(shop, SourceKind.VOICE)
    sound = base64.b64encode(b"RIFF\x24\x00\x00\x00WAVEfmt ").decode()
    told = {"id": "v1", "from": "02188123456", "transcript": STORY, "audio": sound}
    assert [source.send(told), source.send(told)] == [200, 200]
    assert source.send({"id": "v2", "from": "unknown", "audio": "not base64!"}) == 200
    hear(START)

    first, second = Complaint.objects.order_by("pk")
    assert (first.channel, first.narrative, first.attachments.count()) == ("voicemail", STORY, 1)
    assert (second.anonymous, second.attachments.count()) == (True, 0)
    assert ContactPoint.objects.get().confirmed_at is None


def test_a_file_that_is_a_program_or_too_large_is_named_and_the_words_are_kept(
    bot: Source, box: Messenger
) -> None:
    talk(bot, 5, "complaint")
    box.files["P1"] = b"MZ a program"
    bot.write(5, "", document={"file_id": "P1", "file_name": "a.exe", "file_size": 12})
    bot.write(5, "", document={"file_id": "L1", "file_name": "b.bin", "file_size": 99 << 20})
    talk(bot, 5, "The fridge never worked", "-", "-", "1")

    case = Complaint.objects.get()
    assert (case.attachments.count(), case.anonymous, case.language) == (0, True, "en")
    assert any("was not kept" in text for _, text in box.said)


def test_conversations_are_forgotten(bot: Source, box: Messenger) -> None:
    talk(bot, 5, "شکایت", STORY)
    actions.purge_conversations(START + timedelta(hours=23))
    assert Conversation.objects.count() == 1
    actions.purge_conversations(START + timedelta(hours=25))
    assert Conversation.objects.count() == 0
    actions.purge_conversations(START + timedelta(days=31))
    assert Heard.objects.count() == 0
