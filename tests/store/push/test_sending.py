"""Sending, against a push service of our own that checks and opens what comes; and against worse ones."""

import asyncio
import json
import ssl
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from store.push import Outcome, Parcel, sending
from store.push.endpoints import Endpoint
from store.push.sending import MAX_RETRY, Sender, read_outcome
from store.push.vapid import server_key
from store.rows import Subscription
from tests.push_service import Answer, PushService
from trust import open_household, present

NOW = 1_700_000_000_000  # ms


def clock() -> int:
    return int(time.time() * 1000)


@pytest.fixture(scope="module")
def certs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certs")
    open_household(folder, label="push", hosts=["localhost"], now=present())
    return folder


@pytest.fixture
def service(certs: Path) -> Iterator[PushService]:
    service = PushService(certs)
    yield service
    service.close()


def parcel(subscription: dict[str, Any], words: dict[str, Any], **rest: Any) -> Parcel:
    row = Subscription(device="d", person="p", endpoint=subscription["endpoint"], **subscription["keys"])
    given = {"topic": "topic", "expires_at": clock() + 60_000, **rest}
    return Parcel(subscription=row, payload=json.dumps(words).encode(), **given)


def send(certs: Path, one: Parcel, *allowed: str) -> Outcome:
    context = ssl.create_default_context(cafile=str(certs / "authority" / "root.pem"))
    key = server_key(certs / "push.key", "mailto:host@parley.example")
    return asyncio.run(Sender(key, clock, allowed, context).send(one))


def test_the_device_reads_what_was_sent_and_the_push_service_is_satisfied(certs: Path, service: PushService) -> None:
    words = {"title": "Anna", "body": "See you at eight 👋"}
    outcome = send(certs, parcel(service.subscribe(), words, urgent=True), service.host)
    assert (outcome, service.objections) == (Outcome("sent", 201), [])
    taken = service.taken[0]
    assert taken.words == words
    sent = {name: taken.headers[name] for name in ("content-encoding", "urgency", "topic")}
    assert sent == {"content-encoding": "aes128gcm", "urgency": "high", "topic": "topic"}
    assert 55 <= int(taken.headers["ttl"]) <= 60


def test_three_kilobytes_pass_every_push_service(certs: Path, service: PushService) -> None:
    outcome = send(certs, parcel(service.subscribe(), {"body": "x" * 3000}), service.host)
    assert outcome.kind == "sent"
    assert service.taken[0].size < 3400


def test_a_message_for_another_browser_cannot_be_read(certs: Path, service: PushService) -> None:
    mine, hers = service.subscribe(), service.subscribe()
    send(certs, parcel({**mine, "keys": hers["keys"]}, {}), service.host)
    assert service.taken == []


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(201), Outcome("sent", 201)),
        (Answer(404), Outcome("gone", 404)),
        (Answer(410), Outcome("gone", 410)),
        (Answer(429, {"Retry-After": "17"}), Outcome("later", 429, 17.0)),
        (Answer(503), Outcome("later", 503)),
        (Answer(403), Outcome("refused", 403)),
        (Answer(301, {"Location": "https://localhost/elsewhere"}), Outcome("refused", 301)),
    ],
)
def test_what_a_push_service_answers_is_understood_and_no_redirect_is_followed(
    certs: Path, service: PushService, answer: Answer, outcome: Outcome
) -> None:
    service.answers.append(answer)
    assert send(certs, parcel(service.subscribe(), {}), service.host) == outcome
    assert len(service.asked) == 1


def test_a_private_address_is_called_only_when_it_was_allowed(certs: Path, service: PushService) -> None:
    one = parcel(service.subscribe(), {})
    assert send(certs, one) == Outcome("refused")
    assert send(certs, one, "localhost:1") == Outcome("refused")
    assert service.asked == []
    assert send(certs, one, "localhost").kind == "sent"


def test_a_certificate_of_nobody_s_is_not_trusted(certs: Path, service: PushService) -> None:
    key = server_key(certs / "push.key", "mailto:host@parley.example")
    sender = Sender(key, clock, [service.host])
    assert asyncio.run(sender.send(parcel(service.subscribe(), {}))) == Outcome("unreachable")
    assert service.asked == []


@pytest.mark.parametrize("keys", [{"p256dh": "B" + "q" * 86, "auth": "q" * 22}, {"p256dh": "QUJD", "auth": "QUJD"}])
def test_keys_that_are_no_keys_are_those_of_no_subscription(certs: Path, service: PushService, keys: Any) -> None:
    assert send(certs, parcel({**service.subscribe(), "keys": keys}, {}), service.host) == Outcome("gone")
    assert service.asked == []


def test_nobody_at_the_other_end_is_unreachable(certs: Path, service: PushService) -> None:
    one = parcel(service.subscribe(), {})
    service.close()
    assert send(certs, one, service.host) == Outcome("unreachable")


Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]


async def against(certs: Path, serve: Serve) -> Outcome:
    """What becomes of a parcel when the other side behaves like that."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certs / "server.pem", certs / "server.key")
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    host = f"localhost:{server.sockets[0].getsockname()[1]}"
    context = ssl.create_default_context(cafile=str(certs / "authority" / "root.pem"))
    key = server_key(certs / "push.key", "mailto:host@parley.example")
    keys = {"p256dh": key.public, "auth": "q83vEjRWeJCrze8SNFZ4kA"}
    one = parcel({"endpoint": f"https://{host}/x", "keys": keys}, {})
    try:
        return await Sender(key, clock, [host], context).send(one)
    finally:
        server.close()


def test_a_service_that_talks_on_and_on_is_not_listened_to(certs: Path) -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 201 Created\r\n" + b"X-Much: more\r\n" * 10_000)

    assert asyncio.run(against(certs, babble)) == Outcome("unreachable")


def test_a_service_that_says_nothing_is_left_after_a_while(certs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "SECONDS", 0.3)

    async def brood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    assert asyncio.run(against(certs, brood)) == Outcome("unreachable")


def test_a_service_that_hangs_up_or_speaks_otherwise_is_no_success(certs: Path) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example.org ESMTP\r\n\r\n")

    assert asyncio.run(against(certs, hang_up)).kind == "unreachable"
    assert asyncio.run(against(certs, speak)).kind == "refused"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0),
        ("Tue, 14 Nov 2023 22:14:20 GMT", 60.0),
        ("Tue, 14 Nov 2000 22:14:20 GMT", 0.0),
        ("Tue, 14 Nov 2099 22:14:20 GMT", MAX_RETRY),
        ("999999999", MAX_RETRY),
        ("9" * 400, 0.0),
        ("-5", 0.0),
        ("soon", 0.0),
    ],
)
def test_when_to_try_again_is_understood_as_far_as_it_is_sensible(said: str, seconds: float) -> None:
    head = f"HTTP/1.1 429 Too Many Requests\r\nRetry-After: {said}\r\n\r\n".encode()
    assert read_outcome(head, NOW) == Outcome("later", 429, seconds)


def test_the_request_is_for_the_host_it_was_checked_for() -> None:
    assert Endpoint("push.example.org", 443, "/").origin == "https://push.example.org"
