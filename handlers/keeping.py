"""The settings of whoever keeps a server for years: its disk, backups, metrics, and the form of the log."""

import argparse
from pathlib import Path

from handlers.logs import FORMATS
from handlers.spelling import read_bus, read_number, read_port_or_any, read_size

METRICS_ADDRESS = "127.0.0.1"


def add_keeping(parser: argparse.ArgumentParser) -> None:
    """These flags."""
    add = parser.add_argument
    add(
        "--quota",
        type=read_size,
        default=0,
        metavar="SIZE",
        help="how much one person's files may take, such as 5GB (default: as much as there is)",
    )
    add(
        "--keep-free",
        type=read_size,
        default=256 << 20,
        metavar="SIZE",
        help="how much of the disk files leave free, for messages (default 256MB)",
    )
    add(
        "--keep-messages",
        type=read_number,
        default=0,
        metavar="DAYS",
        help="take messages away that are older than so many days (default 0: they are kept for ever)",
    )
    add(
        "--backups",
        type=read_number,
        default=7,
        metavar="N",
        help="how many daily backups are kept; 0 for none (default 7)",
    )
    add(
        "--backups-to",
        type=Path,
        default=None,
        metavar="DIR",
        help="where backups are kept (default backups, in --data)",
    )
    add(
        "--metrics-port",
        type=read_port_or_any,
        default=0,
        metavar="N",
        help="a port for Prometheus, with /metrics and nothing else (default: none)",
    )
    add(
        "--metrics-address",
        default=METRICS_ADDRESS,
        metavar="ADDRESS",
        help=f"listen there for Prometheus (default {METRICS_ADDRESS}, which only this machine reaches)",
    )
    add(
        "--log-format", choices=FORMATS, default="text", help="how is logged: text (default), or json, an object a line"
    )


def add_sharing(parser: argparse.ArgumentParser) -> None:
    """Those of a house with several servers."""
    add = parser.add_argument
    add(
        "--bus",
        type=read_bus,
        default="",
        metavar="URL",
        help="where the servers of one house hear each other: redis://host:6379, with --store postgresql:// "
        "(default: this server is alone)",
    )
    add(
        "--node-data",
        type=Path,
        default=None,
        metavar="DIR",
        help="folder of this server alone, where several share --data: its index of search and its notes "
        "(default: --data)",
    )
