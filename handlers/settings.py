"""Settings: every flag of the command line, and the same as an environment variable.

`--http-port 80` is `PARLEY_HTTP_PORT=80`; a flag wins over the environment. Lists are separated by commas or repeated.
"""

import argparse
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

VERSION = "0.1.0"

BESIDE = Path(__file__).resolve().parent.parent  # so that a start from another folder is no start of an empty house

ERRANDS = ("invite", "allow", "remove")  # said once to a server that runs, so no standing word of the environment
YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
ORIGIN = re.compile(r"https?://[^/\s]+")


class CannotUse(Exception):
    """A setting that cannot be used: one sentence with the next step."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the person who starts the server chose. Names are those of the flags."""

    port: int
    http_port: int
    address: str
    data: Path
    certs: Path
    cert: Path | None
    key: Path | None
    store: str
    open: bool
    host: tuple[str, ...]
    host_person: str
    allow_origin: tuple[str, ...]
    proxy: tuple[str, ...]
    ice_server: tuple[str, ...]
    rate: int
    join_rate: int
    sockets: int
    mdns: bool
    log_level: str
    invite: bool = False
    allow: str = ""
    remove: str = ""

    def ice_servers(self) -> list[dict[str, str | list[str]]]:
        """The servers of `--ice-server`, as RTCPeerConnection takes them."""
        return [read_ice_server(url) for url in self.ice_server]

    @property
    def is_errand(self) -> bool:
        """Whether this is a word to a server that already runs, rather than a start."""
        return bool(self.invite or self.allow or self.remove)


def read_settings(arguments: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of a command line and its environment. Prints and exits (2) when one cannot be read."""
    parser = make_parser()
    given = sys.argv[1:] if arguments is None else arguments
    chosen = vars(parser.parse_args([*_from_environment(parser, environment), *given]))
    if (chosen["cert"] is None) != (chosen["key"] is None):
        parser.error("--cert and --key belong together: give both, or neither for certificates of this household's own")
    for name in ("host", "allow_origin", "proxy", "ice_server"):
        chosen[name] = tuple(word for part in chosen[name] for word in part.split(",") if word)
    for origin in chosen["allow_origin"]:
        if not ORIGIN.fullmatch(origin):
            parser.error(f"--allow-origin {origin}: expected an origin such as https://localhost:5173, with no path")
    for proxy in chosen["proxy"]:
        if not _is_address(proxy):
            parser.error(f"--proxy {proxy}: expected the proxy's address, such as 127.0.0.1")
    chosen["mdns"] = not chosen.pop("no_mdns")
    return Settings(**chosen)


def make_parser() -> argparse.ArgumentParser:
    """The command line. Whatever takes a default here is a variable of the environment too."""
    parser = argparse.ArgumentParser(
        prog="server.py",
        description="Parley: chat and calls for the people around you. Scan the code with a phone, type a name.",
        epilog="Each setting is also an environment variable: --http-port is PARLEY_HTTP_PORT.",
    )
    add = parser.add_argument
    add("--port", type=_port, default=8443, metavar="N", help="secure port (default 8443)")
    add(
        "--http-port",
        type=_port,
        default=8080,
        metavar="N",
        help="plain port, for the page that helps phones trust this server (default 8080)",
    )
    add("--address", type=_address, default="", help="listen on this address only (default: all of this machine)")
    add(
        "--data",
        type=Path,
        default=BESIDE / "data",
        metavar="DIR",
        help="folder of the data (default data, beside server.py)",
    )
    add(
        "--certs",
        type=Path,
        default=BESIDE / "certs",
        metavar="DIR",
        help="folder of the keys (default certs, beside server.py)",
    )
    add("--cert", type=Path, default=None, help="a certificate of your own, PEM with its chain")
    add("--key", type=Path, default=None, help="the key of --cert, PEM")
    add(
        "--store",
        choices=("sqlite", "memory"),
        default="sqlite",
        help="where messages are kept: sqlite (default), or memory, which forgets everything at the end",
    )
    add(
        "--open",
        action="store_true",
        help="anyone who reaches the server may join with a name, without an invitation",
    )
    add(
        "--host",
        action="append",
        default=[],
        metavar="NAME",
        help="another name or address people use for this server; may be given several times",
    )
    add(
        "--host-person",
        default="",
        metavar="NAME",
        help="who is the host (default: first to join)",
    )
    add(
        "--allow-origin",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="a foreign page that may use this server, such as https://localhost:5173 (for development)",
    )
    add(
        "--proxy",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="a reverse proxy whose X-Forwarded headers are believed",
    )
    add(
        "--ice-server",
        action="append",
        default=[],
        metavar="URL",
        help="a STUN or TURN server for calls beyond the local network: stun:host:port, turn:user:password@host:port",
    )
    add(
        "--rate",
        type=_whole,
        default=50,
        metavar="N",
        help="commands a second of one device (default 50)",
    )
    add(
        "--join-rate",
        type=_whole,
        default=12,
        metavar="N",
        help="joins and failed tries a minute of one address, after the first 30 (default 12)",
    )
    add(
        "--sockets",
        type=_whole,
        default=32,
        metavar="N",
        help="connections of one device at a time (default 32)",
    )
    add(
        "--no-mdns",
        action="store_true",
        help="do not announce parley.local on the network",
    )
    add(
        "--log-level",
        choices=("debug", "info", "warning", "error"),
        default="info",
        help="how much is logged (default info); never texts or secrets",
    )
    errands = parser.add_argument_group("a word to the server that runs on the same --data")
    errands.add_argument("--invite", action="store_true", help="a new invitation for the house; the old one ends")
    errands.add_argument(
        "--allow", default="", metavar="NAME", help='let in the device that says "That\'s me" for this name'
    )
    errands.add_argument(
        "--remove", default="", metavar="NAME", help="remove a person: all their devices are signed out"
    )
    parser.add_argument("--version", action="version", version=f"Parley {VERSION}")
    return parser


def make_folders(settings: Settings) -> None:
    """Make the data folder, for its owner alone. Raises CannotUse when nothing can be written there."""
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = settings.data / ".probe"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise CannotUse(
            f"{settings.data} cannot be written: {error.strerror}. Choose another folder with --data."
        ) from None


def read_ice_server(url: str) -> dict[str, str | list[str]]:
    """`stun:host:port`, or `turn:user:password@host:port`. Raises CannotUse when it is neither."""
    scheme, _, rest = url.partition(":")
    login, at, place = rest.rpartition("@")
    if scheme not in ("stun", "stuns", "turn", "turns") or not place or (scheme.startswith("turn") and not login):
        raise CannotUse(f"--ice-server {url}: expected stun:host:port or turn:user:password@host:port.")
    if not at and scheme.startswith("stun"):
        return {"urls": [url]}
    user, _, password = login.partition(":")
    return {"urls": [f"{scheme}:{place}"], "username": user, "credential": password}


def _from_environment(parser: argparse.ArgumentParser, environment: Mapping[str, str]) -> list[str]:
    """The flags that the environment stands for, to be read before those of the command line."""
    words: list[str] = []
    for name, default in vars(parser.parse_args([])).items():
        raw = environment.get(f"PARLEY_{name.upper()}", "")
        flag = f"--{name.replace('_', '-')}"
        if not raw or name in ERRANDS:
            continue
        if not isinstance(default, bool):
            words.append(f"{flag}={raw}")  # in one word: a value may begin with a hyphen
        elif raw.lower() in YES:
            words.append(flag)
        elif raw.lower() not in NO:
            parser.error(f"PARLEY_{name.upper()}: expected yes or no, got {raw!r}")
    return words


def _address(raw: str) -> str:
    """An address to listen on; "all of them" has a spelling of its own, under which nobody could reach us."""
    return "" if raw in ("0.0.0.0", "::", "[::]") else raw


def _is_address(raw: str) -> bool:
    try:
        ip_address(raw)
    except ValueError:
        return False
    return True


def _port(raw: str) -> int:
    if not raw.isdecimal() or not 0 < int(raw) <= 65535:
        raise argparse.ArgumentTypeError(f"expected a port from 1 to 65535, got {raw!r}")
    return int(raw)


def _whole(raw: str) -> int:
    if not raw.isdecimal() or not 0 < int(raw) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1, got {raw!r}")
    return int(raw)
