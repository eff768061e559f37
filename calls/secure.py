"""One peer's encryption: DTLS agrees on keys, SRTP uses them. aiortc does both; only this file knows its privates.

aiortc's transport is given a wire of ours that carries DTLS alone; media goes straight to the SRTP sessions that come
of the handshake. A newcomer's first mistake is to shake hands with whoever says hello first (CVE-2023-49786): what is
handed in here must already come from an address that proved itself. An address can be forged, though, and DTLS breaks
off over a record that only looks right: then it begins anew, as long as nobody has proved who they are.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from typing import Literal

import pylibsrtp
from aiortc.rtcdtlstransport import (
    RTCCertificate,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
)

MAX_WAITING = 32  # DTLS datagrams that may wait to be looked at; a handshake has about six
SPOILT_SECONDS = 0.05  # before a handshake that broke off begins anew: to begin one costs a millisecond
ALERT = 21  # first byte of a record that breaks off a handshake (RFC 6347, 4.1)
MAX_PACKET = 1356  # bytes of RTP: pylibsrtp's buffer of 1500 without the longest trailer; browsers send up to 1250

SrtpError = (pylibsrtp.Error, ValueError)  # what protecting a packet may raise: spent, too old, or too long

try:
    from pylibsrtp import _binding
except ImportError:
    _binding = None

if not (
    hasattr(RTCDtlsTransport, "_set_role")
    and {"_rx_srtp", "_tx_srtp"}.issubset(RTCDtlsTransport.__init__.__code__.co_names)
):
    raise ImportError("expected the DTLS transport of aiortc 1.16.0. Run: pip install -r requirements.txt")

KNOWN_SESSION = {"_cdata", "_srtp"}.issubset(pylibsrtp.Session.__init__.__code__.co_names) and _binding is not None
"""Whether this pylibsrtp is one whose sessions we know from inside; else packets are sealed its own way."""

Role = Literal["client", "server"]

log = logging.getLogger(__name__)


class Wire:
    """What aiortc takes for an ICE transport."""

    role = "controlled"
    state = "completed"

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._to_peer = send
        self.is_safe = False  # are keys agreed on? Until then anybody may have spoilt what we complain of
        self._inbox: asyncio.Queue[bytes] = asyncio.Queue()

    def take(self, data: bytes) -> None:
        """A datagram from the peer; what is too much is lost, and the peer says it again."""
        if self._inbox.qsize() < MAX_WAITING:
            self._inbox.put_nowait(data)

    def forget(self) -> None:
        """What waits is not looked at."""
        while not self._inbox.empty():
            if not self._inbox.get_nowait():
                self.end()
                return

    def end(self) -> None:
        """Nothing comes any more."""
        self._inbox.put_nowait(b"")

    async def _recv(self) -> bytes:
        if data := await self._inbox.get():
            return data
        self.end()  # for who asks again
        raise ConnectionError

    async def _send(self, data: bytes) -> None:
        if self.is_safe or data[0] != ALERT:
            self._to_peer(data)


class Secure:
    """`send` takes what the peer must get; `changed` is told "connected" once, and "closed" once, at the end."""

    def __init__(self, send: Callable[[bytes], None], changed: Callable[[str], None]) -> None:
        certificate = RTCCertificate.generateCertificate()  # of this peer alone: it costs less than a millisecond
        self._certificate = certificate
        self._wire = Wire(send)
        self._dtls = self._anew()
        self._changed = changed
        self._task: asyncio.Task[None] | None = None
        self._receiving: pylibsrtp.Session | None = None
        self._sending: pylibsrtp.Session | None = None
        self.closed = False
        self.fingerprint = next(one.value for one in certificate.getFingerprints() if one.algorithm == "sha-256")
        self.protect: Callable[[bytes], bytes] = _not_yet  # RTP, at most MAX_PACKET; may raise SrtpError
        self.protect_rtcp: Callable[[bytes], bytes] = _not_yet

    def _anew(self) -> RTCDtlsTransport:
        dtls = RTCDtlsTransport(self._wire, [self._certificate])  # type: ignore[arg-type]
        dtls.on("statechange", self._on_state)
        return dtls

    @property
    def connected(self) -> bool:
        """Whether media may flow."""
        return self._sending is not None and not self.closed

    def start(self, fingerprints: Sequence[tuple[str, str]], role: Role) -> None:
        """Shake hands with who holds the certificate of these (algorithm, value). Again and again is once."""
        if self._task is None and not self.closed:
            expected = RTCDtlsParameters(fingerprints=[RTCDtlsFingerprint(*one) for one in fingerprints])
            self._task = asyncio.get_running_loop().create_task(self._shake(expected, role))

    async def _shake(self, expected: RTCDtlsParameters, role: Role) -> None:
        """Until it is done, or who came to its end was the wrong one. Spoilt on the way, it begins anew."""
        try:
            self._dtls._set_role(role)
            await self._dtls.start(expected)
            while self._dtls.state == "failed" and not (self._dtls.encrypted or self.closed):
                await asyncio.sleep(SPOILT_SECONDS)
                self._wire.forget()  # what spoils comes in floods; the peer says it again
                self._dtls = self._anew()
                self._dtls._set_role(role)
                await self._dtls.start(expected)
        except Exception:  # whatever a certificate of theirs may break in a library, it ends one peer
            log.exception("a DTLS handshake broke")
        if not self.connected:
            self._end()

    def _on_state(self) -> None:
        if self._dtls.state == "connected" and not self.closed:
            self._receiving, self._sending = self._dtls._rx_srtp, self._dtls._tx_srtp
            self.protect, self.protect_rtcp = sealer(self._sending), self._sending.protect_rtcp
            self._wire.is_safe = True
            self._changed("connected")
        elif self._dtls.state == "closed":
            self._end()

    def _end(self) -> None:
        if not self.closed:
            self.closed = True
            self._changed("closed")

    def take(self, data: bytes) -> None:
        """A DTLS datagram from the peer's proven address."""
        self._wire.take(data)

    def unprotect(self, data: bytes) -> bytes | None:
        """The RTP packet in this datagram; None if the peer did not make it, or made it before."""
        with contextlib.suppress(*SrtpError):
            return self._receiving.unprotect(data) if self._receiving else None
        return None

    def unprotect_rtcp(self, data: bytes) -> bytes | None:
        """The RTCP packet in this datagram; None if the peer did not make it, or made it before."""
        with contextlib.suppress(*SrtpError):
            return self._receiving.unprotect_rtcp(data) if self._receiving else None
        return None

    def forget(self, ssrc: int) -> None:
        """No packet of this source is sent any more: its state is let go, or it would pile up with every join."""
        if self._sending:
            with contextlib.suppress(pylibsrtp.Error):
                self._sending.remove_stream(ssrc)

    def close(self) -> None:
        """Nothing is taken any more. The peer hears of it by signalling."""
        self.closed = True
        self._wire.end()


def sealer(session: pylibsrtp.Session, known: bool = KNOWN_SESSION) -> Callable[[bytes], bytes]:
    """What `session.protect` does, in 1.3 µs instead of 3: nothing is made anew for each packet but what is sent."""
    if not known:
        return session.protect
    buffer, context = session._cdata, session._srtp[0]
    view, length = _binding.ffi.buffer(buffer), _binding.ffi.new("int *")
    copy, seal = _binding.ffi.memmove, _binding.lib.srtp_protect

    def protect(packet: bytes, session: pylibsrtp.Session = session) -> bytes:  # held, so that its context lives
        size = length[0] = len(packet)
        if size > MAX_PACKET:
            raise ValueError(f"expected at most {MAX_PACKET} bytes, got {size}")
        copy(buffer, packet, size)
        if failed := seal(context, buffer, length):
            raise pylibsrtp.Error(failed)
        return view[: length[0]]  # type: ignore[no-any-return]

    return protect


def _not_yet(data: bytes) -> bytes:
    raise ValueError("expected keys, the handshake is not over")
