"""Settings: every flag of the command line, and the same as an environment variable.

`--http-port 80` is `PARLEY_HTTP_PORT=80`; a flag wins over the environment. Lists are separated by commas or repeated.
"""

import argparse
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handlers.keeping import add_keeping, add_sharing
from handlers.spelling import (
    is_address,
    read_address,
    read_contact,
    read_port,
    read_port_or_any,
    read_store,
    read_whole,
)
from store.backups.places import WITHIN

VERSION = "0.1.0"

BESIDE = Path(__file__).resolve().parent.parent  # so that a start from another folder is no start of an empty house

ERRANDS = ("invite", "allow", "remove")  # said once to a server that runs, so no standing word of the environment
YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
PUSH_CONTACT = "mailto:host@parley.example"  # some push services take no message without one
TURN = re.compile(r"turns?:(\[[0-9a-fA-F:.]+\]|[\w.-]+)(:\d{1,5})?(\?transport=(udp|tcp))?")  # RFC 7065 section 3.1
ORIGIN = re.compile(r"https?://[^/\s]+")


class CannotUse(Exception):
    """A setting that cannot be used: one sentence with the next step."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the person who starts the server chose. Names are those of the flags."""

    port: int
    http_port: int
    call_port: int
    call_address: tuple[str, ...]
    calls_process: bool
    address: str
    data: Path
    certs: Path
    cert: Path | None
    key: Path | None
    store: str
    bus: str
    node_data: Path | None
    open: bool
    host: tuple[str, ...]
    host_person: str
    allow_origin: tuple[str, ...]
    proxy: tuple[str, ...]
    ice_server: tuple[str, ...]
    turn: tuple[str, ...]
    turn_secret_file: Path | None
    turn_secret: str
    push_host: tuple[str, ...]
    push_contact: str
    rate: int
    join_rate: int
    sockets: int
    quota: int
    keep_free: int
    keep_messages: int
    backups: int
    backups_to: Path | None
    mdns: bool
    log_level: str
    log_format: str
    metrics_port: int
    metrics_address: str
    invite: bool = False
    allow: str = ""
    remove: str = ""

    def ice_servers(self) -> list[dict[str, str | list[str]]]:
        """The servers of `--ice-server`, as RTCPeerConnection takes them."""
        return [read_ice_server(url) for url in self.ice_server]

    @property
    def own(self) -> Path:
        """The folder of this server alone; with one server it is that of the data."""
        return self.node_data or self.data

    def backup_folder(self) -> Path:
        """Where the server's own backups go."""
        return self.backups_to or self.data / WITHIN

    def backup_folders(self) -> set[Path]:
        """Where backups may be: those from before `--backups-to` was chosen count, too."""
        return {self.backup_folder(), self.data / WITHIN}

    @property
    def forgets(self) -> bool:
        """Whether nothing is kept past the end, neither messages nor files."""
        return self.store == "memory"

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
    for name in ("host", "call_address", "allow_origin", "proxy", "ice_server", "turn", "push_host"):
        chosen[name] = tuple(word for part in chosen[name] for word in part.split(",") if word)
    for origin in chosen["allow_origin"]:
        if not ORIGIN.fullmatch(origin):
            parser.error(f"--allow-origin {origin}: expected an origin such as https://localhost:5173, with no path")
    for proxy in chosen["proxy"]:
        if not is_address(proxy):
            parser.error(f"--proxy {proxy}: expected the proxy's address, such as 127.0.0.1")
    for address in chosen["call_address"]:
        if not is_address(address):
            parser.error(f"--call-address {address}: expected an IP address, such as 203.0.113.7")
    if chosen["bus"] and chosen["store"] in ("sqlite", "memory"):
        parser.error("--bus is for several servers on one database: give --store postgresql://user@host/database, too")
    _read_turn(parser, chosen, environment)
    chosen["mdns"] = not chosen.pop("no_mdns")
    return Settings(**chosen)


def _read_turn(parser: argparse.ArgumentParser, chosen: dict[str, Any], environment: Mapping[str, str]) -> None:
    """The secret is never a flag, which everybody on the machine could read."""
    chosen["turn_secret"] = environment.get("PARLEY_TURN_SECRET", "")
    for url in chosen["turn"]:
        if not TURN.fullmatch(url):
            parser.error(
                f"--turn {url}: expected turn:host:port or turns:host:port, perhaps with ?transport=udp or tcp"
            )
    if chosen["turn"] and not (chosen["turn_secret"] or chosen["turn_secret_file"]):
        parser.error(
            "--turn needs the secret it shares with that server: PARLEY_TURN_SECRET or --turn-secret-file FILE"
        )


def make_parser() -> argparse.ArgumentParser:
    """The command line. Whatever takes a default here is a variable of the environment too."""
    parser = argparse.ArgumentParser(
        prog="server.py",
        description="Parley: chat and calls for the people around you. Scan the code with a phone, type a name.",
        epilog="Each setting is also an environment variable: --http-port is PARLEY_HTTP_PORT.",
    )
    add = parser.add_argument
    add("--port", type=read_port, default=8443, metavar="N", help="secure port (default 8443)")
    add(
        "--http-port",
        type=read_port,
        default=8080,
        metavar="N",
        help="plain port, for the page that helps phones trust this server (default 8080)",
    )
    add(
        "--call-port",
        type=read_port_or_any,
        default=8444,
        metavar="N",
        help="port of calls in rooms, by UDP and by TCP; 0 takes any that is free (default 8444)",
    )
    add(
        "--call-address",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="where phones reach that port, if not at this machine's own addresses; may be given several times",
    )
    add(
        "--calls-process",
        action="store_true",
        help="forward the media of calls in a process of its own, so that chat and calls never wait for each other",
    )
    add("--address", type=read_address, default="", help="listen on this address only (default: all of this machine)")
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
        type=read_store,
        default="sqlite",
        metavar="STORE",
        help="where messages are kept: sqlite (default); postgresql://user@host/database, which serves one server, or "
        "several with --bus; or memory, which forgets everything at the end",
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
        "--turn",
        action="append",
        default=[],
        metavar="URL",
        help="a TURN server for calls between two, turn:host:port?transport=udp, with a secret instead of a password",
    )
    add(
        "--turn-secret-file",
        type=Path,
        default=None,
        metavar="FILE",
        help="the secret shared with the servers of --turn; or PARLEY_TURN_SECRET in the environment, never a flag",
    )
    add(
        "--push-host",
        action="append",
        default=[],
        metavar="HOST[:PORT]",
        help="a push service of your own on a private address; others are called on the public internet only",
    )
    add(
        "--push-contact",
        default=PUSH_CONTACT,
        type=read_contact,
        metavar="URL",
        help=f"whom push services may write to about this server: mailto:… or https://… (default {PUSH_CONTACT})",
    )
    add(
        "--rate",
        type=read_whole,
        default=50,
        metavar="N",
        help="commands a second of one device (default 50)",
    )
    add(
        "--join-rate",
        type=read_whole,
        default=12,
        metavar="N",
        help="joins and failed tries a minute of one address, after the first 30 (default 12)",
    )
    add(
        "--sockets",
        type=read_whole,
        default=32,
        metavar="N",
        help="connections of one device at a time (default 32)",
    )
    add_keeping(parser)
    add_sharing(parser)
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
    """Make the folders of the data, for their owner alone. Raises CannotUse when nothing can be written there."""
    for folder, flag in ((settings.data, "--data"), (settings.own, "--node-data")):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            probe = folder / ".probe"
            probe.write_bytes(b"")
            probe.unlink(missing_ok=True)
        except OSError as error:
            raise CannotUse(
                f"{folder} cannot be written: {error.strerror}. Choose another folder with {flag}."
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
