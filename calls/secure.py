"""One peer's encryption: DTLS agrees on keys, SRTP uses them; media goes straight to the sessions that come of it.

A newcomer's first mistake is to shake hands with whoever says hello first (CVE-2023-49786): what is handed in here must
already come from an address that proved itself. An address can be forged, though, so a hello proves nothing. Each hello
with a random number of its own has a handshake of its own, up to MAX_TRIES side by side, and everything else is given
to all of them. Whoever first finishes with the certificate that the answer named wins, and the others end; so neither
who speaks before the caller nor who speaks right behind them takes their place.

A flood begins no more handshakes than that: one that is going on gives its place to another hello after TRY_SECONDS at
the earliest, so that a caller who has a place has time for the way there and back. One that broke off, or that somebody
finished with another certificate, keeps it for SPOILT_SECONDS; only where no other is left then was the caller the
wrong one. What cannot be won here: a flood that holds every place until the caller gives up (to last, it has to forge
their address and go on), a forged hello that is answered after the caller's left and before it came, as a browser takes
the first answer for its own, and what is said in the clear after a hello, which spoils every handshake that it does not
belong to. A cookie would help against the first two, but costs every call a round trip, and OpenSSL gives none to a
hello in several datagrams (DTLSv1_listen), as Chromium's can be. Who is kept out joins anew.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pylibsrtp
from aiortc.rtcdtlstransport import RTCCertificate, RTCDtlsFingerprint, RTCDtlsParameters

from calls.handshake import MAX_WAITING, Handshake, Role, random_of

MAX_TRIES = 4  # handshakes of one peer side by side: the caller's, and what somebody else began
TRY_SECONDS = 2.0  # for which a handshake keeps its place: several times the longest way there and back
SPOILT_SECONDS = 0.2  # for which one that came to a bad end keeps it: to begin one costs a millisecond
DATAGRAMS = 200  # a second that tries are given at most: each goes to all of them, and a handshake has about six
MAX_PACKET = 1356  # bytes of RTP: pylibsrtp's buffer of 1500 without the longest trailer; browsers send up to 1250

SrtpError = (pylibsrtp.Error, ValueError)  # what protecting or opening a packet may raise: spent, too old, or too long

try:
    from pylibsrtp import _binding
except ImportError:
    _binding = None

binding: Any = _binding  # libsrtp itself, and what makes its arguments

KNOWN_SESSION = {"_cdata", "_srtp"}.issubset(pylibsrtp.Session.__init__.__code__.co_names) and binding is not None
"""Whether this pylibsrtp is one whose sessions we know from inside; else packets are sealed and opened its own way."""


class Secure:
    """`send` takes what the peer must get; `changed` is told "connected" once, and "closed" once, at the end."""

    def __init__(self, send: Callable[[bytes], None], changed: Callable[[str], None]) -> None:
        certificate = RTCCertificate.generateCertificate()  # of this peer alone: it costs less than a millisecond
        self._certificate = certificate
        self._send = send
        self._changed = changed
        self._expected: RTCDtlsParameters | None = None  # until the answer named a certificate
        self._role: Role = "server"
        self._early: list[bytes] = []  # what came before that
        self._tries: dict[bytes, Handshake] = {}  # by the random number of the hello, the oldest first
        self._tasks: set[asyncio.Task[None]] = set()
        self._room = float(DATAGRAMS)  # what tries may still be given
        self._given_at = float("-inf")
        self._won: Handshake | None = None
        self._receiving: pylibsrtp.Session | None = None
        self._sending: pylibsrtp.Session | None = None
        self.closed = False
        self.fingerprint = next(one.value for one in certificate.getFingerprints() if one.algorithm == "sha-256")
        self.unprotect: Callable[[bytes], bytes | None] = _nothing  # RTP; None if not the peer's, or made before
        self.protect: Callable[[bytes], bytes] = _not_yet  # RTP, at most MAX_PACKET; may raise SrtpError
        self.protect_rtcp: Callable[[bytes], bytes] = _not_yet

    @property
    def connected(self) -> bool:
        """Whether media may flow."""
        return self._sending is not None and not self.closed

    @property
    def session(self) -> pylibsrtp.Session | None:
        """What seals for the peer; None before the keys, at the end, and where sessions are not of a kind we know."""
        return self._sending if KNOWN_SESSION and not self.closed else None

    def start(self, fingerprints: Sequence[tuple[str, str]], role: Role) -> None:
        """Shake hands with who holds the certificate of these (algorithm, value). Again and again is once."""
        if self._expected is not None or self.closed:
            return
        self._expected = RTCDtlsParameters(fingerprints=[RTCDtlsFingerprint(*one) for one in fingerprints])
        self._role = role
        early, self._early = self._early, []
        if role == "client":  # nobody can have answered before we said hello
            self._begin(b"")
            return
        for data in early:
            self.take(data)

    def _begin(self, hello: bytes) -> Handshake:
        loop = asyncio.get_running_loop()
        one = self._tries[hello] = Handshake(self._certificate, self._send, self._on_state, loop.time())
        task = loop.create_task(self._shake(hello, one))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return one

    async def _shake(self, hello: bytes, one: Handshake) -> None:
        """Until it is done. Whoever broke it off, or came to its end as the wrong one, may be anybody: others go on."""
        assert self._expected
        await one.shake(self._expected, self._role)
        if one.has_failed and one is self._won:
            self._end()
        elif one.has_failed and self._tries.get(hello) is one:
            await asyncio.sleep(SPOILT_SECONDS)
            self._free(hello, one)

    def _free(self, hello: bytes, lost: Handshake) -> None:
        """Its place is free. If the wrong one finished and there is no other, that is the end.

        Who waits for an answer says their hello again, and if that is ourselves we do.
        """
        if self._tries.get(hello) is not lost:
            return
        del self._tries[hello]
        if not lost.is_spoilt and not self._tries:
            self._end()
        elif self._role == "client":
            self._begin(hello)

    def _on_state(self, one: Handshake) -> None:
        if one.state == "connected" and self._won is None and not self.closed:
            self._won = one
            self._receiving, self._sending = one.keys()
            self.unprotect, self.protect = opener(self._receiving), sealer(self._sending)
            self.protect_rtcp = self._sending.protect_rtcp
            self._give_up()
            self._changed("connected")
        elif one.state == "closed" and one is self._won:
            self._end()

    def _give_up(self) -> None:
        """The other handshakes are of no use any more."""
        tries, self._tries = self._tries, {}
        for one in tries.values():
            if one is not self._won:
                one.end()

    def _end(self) -> None:
        if not self.closed:
            self.closed = True
            self._give_up()
            self._changed("closed")

    def take(self, data: bytes) -> None:
        """A DTLS datagram from the peer's proven address."""
        if self._won:
            self._won.take(data)
        elif self._expected is not None and not self.closed:
            self._try(data)
        elif len(self._early) < MAX_WAITING and not self.closed:
            self._early.append(data)

    def _try(self, data: bytes) -> None:
        """Before anybody has won: to the handshake of this hello, or else to all."""
        hello = random_of(data) if self._role == "server" else None
        if hello is not None and hello not in self._tries:
            if self._has_room():
                self._begin(hello).take(data)
        elif self._may_be_given():
            for one in self._tries.values() if hello is None else (self._tries[hello],):
                if not one.has_failed:
                    one.take(data)

    def _may_be_given(self) -> bool:
        """Whether another datagram may be given to tries: there is room for a burst, and little by little for more."""
        now = asyncio.get_running_loop().time()
        self._room = min(float(DATAGRAMS), self._room + (now - self._given_at) * DATAGRAMS)
        self._given_at = now
        if self._room < 1:
            return False
        self._room -= 1
        return True

    def _has_room(self) -> bool:
        """Whether another handshake may begin; the oldest makes room once it has had its time."""
        if len(self._tries) < MAX_TRIES:
            return True
        hello, oldest = next(iter(self._tries.items()))
        if asyncio.get_running_loop().time() - oldest.began_at < TRY_SECONDS:
            return False
        del self._tries[hello]
        oldest.end()
        return True

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
        self._give_up()
        if self._won:
            self._won.end()


def sealer(session: pylibsrtp.Session, known: bool = KNOWN_SESSION) -> Callable[[bytes], bytes]:
    """What `session.protect` does, in 1.3 µs instead of 3: nothing is made anew for each packet but what is sent."""
    if not known:
        return session.protect
    buffer, context = session._cdata, context_of(session)
    view, length = binding.ffi.buffer(buffer), binding.ffi.new("int *")
    copy, seal = binding.ffi.memmove, binding.lib.srtp_protect

    def protect(packet: bytes, session: pylibsrtp.Session = session) -> bytes:  # held, so that its context lives
        size = length[0] = len(packet)
        if size > MAX_PACKET:
            raise ValueError(f"expected at most {MAX_PACKET} bytes, got {size}")
        copy(buffer, packet, size)
        if failed := seal(context, buffer, length):
            raise pylibsrtp.Error(failed)
        return view[: length[0]]  # type: ignore[no-any-return]

    return protect


def opener(session: pylibsrtp.Session, known: bool = KNOWN_SESSION) -> Callable[[bytes], bytes | None]:
    """What `session.unprotect` does, in half the time; None for what it refuses, or has opened before."""
    if not known:
        return partial(_opened, session)
    buffer, context = session._cdata, context_of(session)
    view, length = binding.ffi.buffer(buffer), binding.ffi.new("int *")
    copy, opens = binding.ffi.memmove, binding.lib.srtp_unprotect

    def unprotect(data: bytes, session: pylibsrtp.Session = session) -> bytes | None:  # held, as above
        size = length[0] = len(data)
        if size > len(view):
            return None
        copy(buffer, data, size)
        return None if opens(context, buffer, length) else view[: length[0]]

    return unprotect


def _opened(session: pylibsrtp.Session, data: bytes) -> bytes | None:
    with contextlib.suppress(*SrtpError):
        return session.unprotect(data)
    return None


def _nothing(data: bytes) -> bytes | None:
    return None


def context_of(session: pylibsrtp.Session) -> Any:
    """What libsrtp knows a session by, where we know it; good for as long as the session is held."""
    return session._srtp[0]


def _not_yet(data: bytes) -> bytes:
    raise ValueError("expected keys, the handshake is not over")
