"""The plain-HTTP page where a phone comes to trust this server: QR code, authority, steps, and the way in.

Nothing secret passes here: the invitation stays in the fragment of the address, which browsers keep to
themselves, and the page's own script hands it on. Whoever can change traffic on this network could change
this page too, which is why its last step compares the fingerprint with the terminal's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tornado.escape import xhtml_escape
from tornado.template import Loader
from tornado.web import Application, HTTPError, RequestHandler

from handlers.words import LANGUAGES, Words, meant
from trust import (
    CRT_TYPE,
    MOBILECONFIG_TYPE,
    Household,
    NameRefused,
    OwnCertificate,
    ProfileWords,
    fingerprint_lines,
    packed_crt,
    packed_mobileconfig,
    qr_svg,
    read_host,
)

PAGE = Path(__file__).with_name("trust_page")
ASSET_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
ICON = PAGE.parents[1] / "pwa" / "icons" / "icon.svg"  # the app's own: one face in both places
ASSETS = {path.name: path.read_bytes() for path in (ICON, *PAGE.iterdir()) if path.suffix in ASSET_TYPES}
PICTURES = {path.stem: path.read_text("utf-8") for path in (PAGE / "pictures").glob("*.svg")}
TEMPLATES = Loader(str(PAGE), autoescape="xhtml_escape", whitespace="single")
MOST_ORIGINS = 8  # asked at once by a waiting page
REFUSED = {421: "plain.stranger", 404: "plain.noAuthority", 405: "plain.onlyTheWay"}  # in which words
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Entrance:
    """How this server is reached. The callables are asked anew for every page, as addresses change.

    `hosts` is everything it answers to; `shown` the part people are told, best first; `now` ms since the epoch.
    """

    certificate: Household | OwnCertificate
    hosts: Callable[[], Sequence[str]]
    shown: Callable[[], Sequence[str]]
    plain_port: int
    secure_port: int
    now: Callable[[], int]

    def answers_to(self, host: str) -> bool:
        """Whether a `Host` header names this server."""
        return host in self.hosts()

    def plain(self, host: str) -> str:
        """The address of the trust page under a host."""
        return f"http://{_bracketed(host)}:{self.plain_port}"

    def secure(self, host: str) -> str:
        """The origin of the app under a host."""
        return f"https://{_bracketed(host)}:{self.secure_port}"

    def origins(self, asked: str) -> list[str]:
        """Where a phone that came by `asked` may find the app with a certificate that fits: names first.

        Loopback only for who is on it, and no IPv6 address, which a content security policy cannot name.
        """
        if _is_loopback(asked):
            known = [asked]
        else:
            known = [*self.shown(), asked]
        fit = [host for host in dict.fromkeys(known) if ":" not in host and self.certificate.covers(host)]
        return [self.secure(host) for host in sorted(fit, key=_is_address)][:MOST_ORIGINS]

    def scanned(self, asked: str) -> str:
        """The host for the QR code: the one that just worked, or an address, which needs no name lookup."""
        shown = self.shown()
        if not _is_loopback(asked):
            return asked
        return next((host for host in shown if _is_address(host) and ":" not in host), (*shown, asked)[0])


class Plain(RequestHandler):
    """What every answer on the plain port has: a host it knows, a language, a strict policy, and no memory."""

    entrance: Entrance
    host: str
    say: Words = meant("")

    def initialize(self, entrance: Entrance) -> None:
        """Is given how the server is reached."""
        self.entrance = entrance

    def prepare(self) -> None:
        """Turns strangers' names away: a page that rebinds its name to this address gets nothing."""
        asked = self.request.query_arguments.get("lang", [b""])[-1].decode("ascii", "ignore")
        self.say = meant(asked, self.request.headers.get("Accept-Language", ""))
        self.host = host_of(self.request.host)
        if not self.host or not self.entrance.answers_to(self.host):
            raise HTTPError(421)

    def set_default_headers(self) -> None:
        """Nothing but our own files, and nobody's frame."""
        self.set_header("Content-Security-Policy", policy([]))
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "no-store")
        self.clear_header("Server")

    def write_error(self, status_code: int, **_: Any) -> None:
        """One sentence in plain text."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(self.say(REFUSED.get(status_code, "plain.wrong")) + "\n")


class TrustPage(Plain):
    """The page itself."""

    def get(self) -> None:
        """Draws the page for who asks."""
        entrance, authority, say = self.entrance, self.entrance.certificate.authority, self.say
        origins = entrance.origins(self.host)
        scanned = entrance.scanned(self.host)
        page = entrance.plain(scanned) + "/"
        straight = entrance.secure(scanned) + "/"
        if not entrance.certificate.covers(scanned) and origins:
            straight = origins[0] + "/"
        self.set_header("Content-Security-Policy", policy(origins))
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(
            TEMPLATES.load("page.html").generate(
                say=say,
                told=say.told,
                script=json.dumps(say.section("script"), ensure_ascii=False),
                languages=list(LANGUAGES.values()),
                platforms=say.section("trust.platforms").items(),
                picture=picture,
                authority=authority.name if authority else None,
                fingerprint=fingerprint_lines(authority.root) if authority else [],
                origins=origins,
                here=entrance.secure(self.host),
                page=page,
                qr=qr_svg(page),
                straight=straight,
                qr_straight=qr_svg(straight),
                doors=[entrance.plain(host) for host in entrance.shown()],
            )
        )

    head = get


class Authority(Plain):
    """The root, in the shape that was asked for. Without a download header: Firefox then offers to import it."""

    def get(self, shape: str) -> None:
        """Answers the file, or 404 when there is no authority of ours."""
        authority = self.entrance.certificate.authority
        if authority is None:
            raise HTTPError(404)
        if shape == "crt":
            self.set_header("Content-Type", CRT_TYPE)
            self.finish(packed_crt(authority.root))
        else:
            self.set_header("Content-Type", MOBILECONFIG_TYPE)
            self.finish(packed_mobileconfig(authority.root, ProfileWords(**self.say.section("profile"))))

    head = get


class Clock(Plain):
    """The server's time, for a phone to compare its own with."""

    def get(self) -> None:
        """`{"now": ms since the epoch}`."""
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({"now": self.entrance.now()}))


class Asset(Plain):
    """A file of the page. Only what the folder held at the start has an address."""

    def get(self, name: str) -> None:
        """Answers the file, or 304 when the browser has it."""
        content = ASSETS.get(name)
        if content is None:
            raise HTTPError(404)
        self.set_header("Content-Type", ASSET_TYPES[Path(name).suffix] + "; charset=utf-8")
        self.set_header("Cache-Control", "no-cache")
        self.finish(content)

    head = get


class ToSecure(Plain):
    """Every other path belongs to the app, which is only served over https."""

    def get(self) -> None:
        """Leads to the same path there, under the host that was asked for."""
        self.set_status(307)
        self.set_header("Location", self.entrance.secure(self.host) + self.request.uri)
        self.finish()

    head = get


class Trusted(RequestHandler):
    """`GET /trusted` on the secure port: that it answers at all tells a waiting page that the trust arrived.

    It says nothing, so any page may ask; every other answer of the app is same-origin only.
    """

    def initialize(self, hosts: Callable[[], Sequence[str]]) -> None:
        """Is given what the server answers to."""
        self.hosts = hosts

    def get(self) -> None:
        """204, or 421 under a name that is not ours."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("Cross-Origin-Resource-Policy", "cross-origin")
        self.set_status(204 if host_of(self.request.host) in self.hosts() else 421)
        self.finish()


def make_trust_app(entrance: Entrance) -> Application:
    """The application for the plain port."""
    given = {"entrance": entrance}
    return Application(
        [
            (r"/", TrustPage, given),
            (r"/parley\.(crt|mobileconfig)", Authority, given),
            (r"/trust/clock", Clock, given),
            (r"/trust/([a-z-]+\.(?:css|js|svg))", Asset, given),
            (r".*", ToSecure, given),
        ],
        compress_response=True,
        log_function=lambda _: None,  # a stranger's address line has no place in the host's terminal
    )


def picture(say: Words, name: str) -> str:
    """A drawing as it stands in the page, so that it takes the page's colours, with its words where it has `{name}`.

    Its `says` is what is read out for it.
    """
    drawn, words = PICTURES[name], say.section(f"pictures.{name}")
    shape = "picture" if drawn.startswith('<svg viewBox="0 0 240 ') else "picture wide"  # a phone, or a window
    labelled = f'<svg class="{shape}" role="img" aria-label="{{says}}" '
    return _PLACE.sub(lambda place: xhtml_escape(words[place[1]]), drawn.replace("<svg ", labelled, 1))


def host_of(header: str) -> str:
    """The host in a `Host` header without its port, in our one spelling; empty when it is none."""
    try:
        return str(read_host(urlsplit(f"//{header}").hostname or ""))
    except (NameRefused, ValueError):
        return ""


def policy(origins: Sequence[str]) -> str:
    """The page's content security policy: its own files, and questions to the secure port."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            " ".join(["connect-src 'self'", *origins]),
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def _is_address(host: str) -> bool:
    return not isinstance(read_host(host), str)


def _is_loopback(host: str) -> bool:
    known = read_host(host)
    return known == "localhost" if isinstance(known, str) else known.is_loopback


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
