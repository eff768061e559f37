"""A push service of our own on loopback: RFC 8030 with 201 and Location, RFC 8292 checked, RFC 8291 opened.

The decrypter is written here from the RFCs, so that what pywebpush makes is judged by somebody else.
"""

import base64
import json
import secrets
import ssl
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

DAY_SECONDS = 24 * 3600
MAX_BODY = 4096  # bytes a push service must take, RFC 8030 section 7.2


def encoded(raw: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """And back."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Receiver:
    """The browser's side of a subscription: the key pair and the secret, which no push service ever sees."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = secrets.token_bytes(16)

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def keys(self) -> dict[str, str]:
        """As PushSubscription.toJSON() has them."""
        return {"p256dh": encoded(self.point), "auth": encoded(self.secret)}

    def open(self, body: bytes) -> bytes:
        """The plain text of one aes128gcm record (RFC 8188 section 2) under RFC 8291's key. Raises when it is none."""
        salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size, "more than one record"
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self.key.exchange(ec.ECDH(), public)
        mixed = _derived(self.secret, shared, b"WebPush: info\0" + self.point + sender, 32)
        key = _derived(salt, mixed, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derived(salt, mixed, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert padded[-1:] == b"\2", "the last record ends with 2"
        return padded[:-1]


def _derived(salt: bytes, key: bytes, words: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, words).derive(key)


def objection(authorization: str, origin: str, now: float) -> str:
    """What is wrong with a VAPID header (RFC 8292 sections 2 and 3), "" when nothing is."""
    scheme, _, rest = authorization.partition(" ")
    if scheme != "vapid":
        return f"scheme {scheme!r}"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    header, claims, signature = parts["t"].split(".")
    raw = decoded(signature)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(parts["k"]))
    whole = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    try:
        public.verify(whole, f"{header}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return "signature"
    said, head = json.loads(decoded(claims)), json.loads(decoded(header))
    if head != {"typ": "JWT", "alg": "ES256"}:
        return f"header {head}"
    if said["aud"] != origin:
        return f"aud {said['aud']}, not {origin}"
    if not now < said["exp"] <= now + DAY_SECONDS:
        return f"exp {said['exp']}"
    return "" if said["sub"].startswith(("mailto:", "https://")) else f"sub {said['sub']}"


@dataclass
class Delivery:
    """One message that was taken: its headers, and what was in it."""

    path: str
    headers: dict[str, str]
    words: dict[str, Any]
    size: int


@dataclass
class Answer:
    """What to answer next instead of 201."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)


class PushService:
    """Listens on loopback with a certificate of the household's; each receiver has an address of its own."""

    def __init__(self, certs: Path) -> None:
        self.receivers: dict[str, Receiver] = {}
        self.taken: list[Delivery] = []
        self.asked: list[str] = []
        self.objections: list[str] = []
        self.answers: deque[Answer] = deque()
        self.came = threading.Condition()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certs / "server.pem", certs / "server.key")
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = int(self._server.server_address[1])
        self.host = f"localhost:{self.port}"
        self.origin = f"https://{self.host}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def subscribe(self) -> dict[str, Any]:
        """A new subscription, as PushSubscription.toJSON() says it."""
        path = f"/push/{secrets.token_urlsafe(12)}"
        self.receivers[path] = Receiver()
        return {"endpoint": self.origin + path, "keys": self.receivers[path].keys()}

    def wait_for(self, count: int, seconds: float = 15) -> list[Delivery]:
        """The messages taken so far, as soon as there are so many."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.taken) >= count, seconds), (self.asked, self.objections)
            return list(self.taken)

    def close(self) -> None:
        """Listens no longer."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def take(self, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """RFC 8030 section 5, from the push service's side."""
        self.asked.append(path)
        if self.answers:
            return self.answers.popleft()
        receiver = self.receivers.get(path)
        if receiver is None:
            return Answer(410)
        wrong = objection(headers.get("authorization", ""), self.origin, time.time())
        if headers.get("content-encoding") != "aes128gcm" or "ttl" not in headers or len(body) > MAX_BODY:
            wrong = wrong or f"headers {headers}, {len(body)} bytes"
        if wrong:
            self.objections.append(wrong)
            return Answer(403)
        self.taken.append(Delivery(path, headers, json.loads(receiver.open(body)), len(body)))
        return Answer(201, {"Location": f"{self.origin}/message/{len(self.taken)}"})


def _handler(service: PushService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = service.take(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
            self.send_response(answer.status)
            for name, value in {"Content-Length": "0", **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with service.came:
                service.came.notify_all()

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    return Handler
