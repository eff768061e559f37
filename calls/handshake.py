"""One try at a DTLS handshake: aiortc's transport, on a wire of ours that carries DTLS alone.

Only this file knows the privates of aiortc. A newcomer's first mistake is to take the end of a try for the end of the
peer: DTLS breaks off over a record that only looks right, and whoever broke it off may have been anybody.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Literal

import pylibsrtp
from aiortc.rtcdtlstransport import RTCCertificate, RTCDtlsParameters, RTCDtlsTransport

MAX_WAITING = 32  # DTLS datagrams that may wait to be looked at; a handshake has about six
ALERT = 21  # first byte of a record that breaks off a handshake (RFC 6347, 4.1)
RANDOM = slice(27, 59)  # of a hello: 13 bytes of record, 12 of handshake and 2 of version are in front of it

if not (
    hasattr(RTCDtlsTransport, "_set_role")
    and {"_rx_srtp", "_tx_srtp"}.issubset(RTCDtlsTransport.__init__.__code__.co_names)
):
    raise ImportError("expected the DTLS transport of aiortc 1.16.0. Run: pip install -r requirements.txt")

Role = Literal["client", "server"]

log = logging.getLogger(__name__)


def random_of(data: bytes) -> bytes | None:
    """The random number of the ClientHello that begins in this datagram, None if none does (RFC 6347, 4.2.2 and 4.3.2).

    A browser says its hello again with the same number, and after any request to say it anew.
    """
    begins = len(data) >= RANDOM.stop and data[0] == 22 and data[13] == 1
    return data[RANDOM] if begins and data[3:5] == bytes(2) and data[19:22] == bytes(3) else None


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


class Handshake:
    """`changed` is told whenever `state` changed. `began_at` is in seconds."""

    def __init__(
        self,
        certificate: RTCCertificate,
        send: Callable[[bytes], None],
        changed: Callable[["Handshake"], None],
        began_at: float,
    ) -> None:
        self.began_at = began_at
        self._broke = False
        self._wire = Wire(send)
        self._dtls = RTCDtlsTransport(self._wire, [certificate])  # type: ignore[arg-type]
        self._dtls.on("statechange", lambda: changed(self))
        self.take = self._wire.take
        self.end = self._wire.end

    @property
    def state(self) -> str:
        """As in RTCDtlsTransport."""
        return self._dtls.state

    @property
    def is_spoilt(self) -> bool:
        """Whether it broke off before anybody had proved who they are."""
        return self.state == "failed" and not self._dtls.encrypted

    @property
    def has_failed(self) -> bool:
        """Whether it came to a bad end: it was spoilt, or whoever finished it was the wrong one."""
        return self._broke or self.state == "failed"

    async def shake(self, expected: RTCDtlsParameters, role: Role) -> None:
        """Returns when it came to an end, good or bad."""
        self._dtls._set_role(role)
        try:
            await self._dtls.start(expected)
        except Exception:  # whatever a certificate of theirs may break in a library, it ends one try
            self._broke = True
            log.exception("a DTLS handshake broke")

    def keys(self) -> tuple[pylibsrtp.Session, pylibsrtp.Session]:
        """For what comes and for what goes, once it is connected; from here on complaints reach the peer."""
        self._wire.is_safe = True
        return self._dtls._rx_srtp, self._dtls._tx_srtp
