"""The welcome: what the terminal shows when the server is ready. The one place that prints to people.

A newcomer's first mistake is to print where lines of JSON are wanted: the invitation would lie in every log.
"""

import logging
import sys

from handlers.whereabouts import Whereabouts
from trust import fingerprint_lines, qr_terminal

log = logging.getLogger("parley.welcome")


def say_welcome(where: Whereabouts, code: str, *, is_open: bool) -> None:
    """The code to scan, the addresses, and the fingerprint to compare."""
    links = where.links(code)
    lines = [
        "",
        _drawn(links[0]),
        "",
        "Scan this with a phone on the same network, or open:",
        "",
    ]
    lines += [f"  {link}" for link in links]
    if is_open:
        lines += ["", "Anyone who reaches this server may join (--open)."]
    else:
        lines += ["", "The invitation works for 7 days, or until you make a new one with --invite."]
    if where.certificate.authority:
        lines += ["", "The fingerprint that a phone shows last must be this one:"]
        lines += [f"  {line}" for line in fingerprint_lines(where.certificate.authority.root)]
    print("\n".join(lines), flush=True)


def log_welcome(where: Whereabouts) -> None:
    """For who gathers the log: the addresses, and neither code nor invitation, which `--invite` shows."""
    log.info("ready at %s", " ".join(link.partition("#")[0] for link in where.links("")))


def say_invitation(links: list[str]) -> None:
    """A fresh invitation, as `--invite` shows it."""
    print("\n".join(["", _drawn(links[0]), "", *(f"  {link}" for link in links)]), flush=True)


def _drawn(link: str) -> str:
    """The code in what this terminal has; a log file gets no colours."""
    return qr_terminal(link, colour=sys.stdout.isatty(), blocks=_can_draw())


def _can_draw() -> bool:
    """Whether the terminal's encoding has the half blocks of a small code."""
    try:
        "▀▄█".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
