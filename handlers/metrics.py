"""Metrics for Prometheus, on a port of its own: what the server did, and how it is. Nothing says who did it.

Everything is read when it is asked for, so counting costs a message nothing. A newcomer's first mistake is to add a
label with a person, a room or an address: it would tell on people, and grow without end.
"""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus
from urllib.parse import urlsplit

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from tornado.web import Application, RequestHandler

from handlers.health import ask_checks
from handlers.settings import VERSION
from handlers.spelling import is_address
from handlers.vitals import Vitals

OURS = ("localhost", "127.0.0.1", "::1")
EVERYWHERE = ("0.0.0.0", "::")
SILENT_SECONDS = 5.0  # until a disk that says nothing counts as not well: Prometheus itself waits 10 by default


class Gathered(Collector):
    """What the server knows of itself, as Prometheus' families."""

    def __init__(self, vitals: Vitals) -> None:
        self._vitals = vitals
        self._checks: dict[str, str] = {}

    async def ask(self) -> None:
        """What /health asks, which takes a commit where none was made lately; `collect` tells what came of it."""
        self._checks = await ask_checks(self._vitals.store, SILENT_SECONDS)

    def collect(self) -> Iterator[Metric]:
        """All of it, as it is now."""
        yield from self._people()
        yield from self._calls()
        yield from self._writing()
        yield from self._wellness()

    def _people(self) -> Iterator[Metric]:
        store = self._vitals.store
        yield GaugeMetricFamily("parley_connections", "Open connections of signed-in devices.", len(store.sockets))
        yield GaugeMetricFamily(
            "parley_people_online", "People with at least one connection.", len(store.sockets.people())
        )
        yield GaugeMetricFamily("parley_people", "People of the house.", len(store.shelves.people))
        yield GaugeMetricFamily("parley_devices", "Devices that are signed in.", len(store.shelves.devices))
        yield GaugeMetricFamily("parley_conversations", "Conversations.", len(store.shelves.conversations))
        yield GaugeMetricFamily("parley_files", "Complete files.", len(store.shelves.files))

    def _calls(self) -> Iterator[Metric]:
        store = self._vitals.store
        rooms = list(store.shelves.gatherings)
        pairs = [row for row in store.shelves.conversations if row.call and row.call.picked_up_by]
        calls = GaugeMetricFamily("parley_calls", "Calls that are on, in rooms and between two.", labels=["kind"])
        calls.add_metric(["room"], len(rooms))
        calls.add_metric(["two"], len(pairs))
        yield calls
        people = sum(len({one.person for one in row.call.attendees}) for row in rooms) + 2 * len(pairs)
        yield GaugeMetricFamily("parley_call_people", "People in calls that are on.", people)
        totals = store.forwarded.totals
        for name, counted, what in (
            ("packets", "packets", "Packets of media that came from people and went to people"),
            ("bytes", "octets", "Bytes of them"),
            ("packets_lost", "lost", "Packets that were lost on the way here and, as receivers say, from here"),
        ):
            family = CounterMetricFamily(f"parley_call_{name}", f"{what}, told once a minute.", labels=["way"])
            for way in ("in", "out"):
                family.add_metric([way], totals[f"{way}_{counted}"])
            yield family

    def _writing(self) -> Iterator[Metric]:
        writer = self._vitals.store.writing
        figures = writer.figures
        commands = CounterMetricFamily("parley_commands", "Commands that write, by how they ended.", labels=["outcome"])
        for outcome, count in (("done", figures.done), ("refused", figures.refused), ("not-saved", figures.not_saved)):
            commands.add_metric([outcome], count)
        yield commands
        yield CounterMetricFamily("parley_events", "Events that were written to the log.", figures.events)
        yield GaugeMetricFamily("parley_commands_waiting", "Commands that wait to be written.", writer.waiting)
        yield HistogramMetricFamily(
            "parley_commit_seconds",
            "How long a commit took until it was on the disk.",
            buckets=figures.commits.cumulative(),
            sum_value=figures.commits.seconds,
        )

    def _wellness(self) -> Iterator[Metric]:
        vitals = self._vitals
        checks = GaugeMetricFamily("parley_check", "1 while a check of /health is well, else 0.", labels=["check"])
        for name, said in self._checks.items():
            checks.add_metric([name], float(said == "ok"))
        yield checks
        yield GaugeMetricFamily(
            "parley_loop_late_seconds", "How late the loop was at most in the last minute.", vitals.pulse.slowest()
        )
        yield GaugeMetricFamily(
            "parley_backup_newest_timestamp_seconds",
            "When the newest backup was made.",
            vitals.backups.newest_at / 1000,
        )
        yield GaugeMetricFamily(
            "parley_disk_free_bytes", "Free where the data lies.", shutil.disk_usage(vitals.folder).free
        )
        sizes = GaugeMetricFamily("parley_database_bytes", "Sizes of the database's files.", labels=["file"])
        for path in sorted(vitals.folder.glob("*.db*")):
            with suppress(FileNotFoundError):  # the last to close the database takes what lies beside it away
                sizes.add_metric([path.name], path.stat().st_size)
        yield sizes


def make_registry(gathered: Gathered) -> CollectorRegistry:
    """Ours, and what the process tells of itself."""
    registry = CollectorRegistry()
    registry.register(gathered)
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    GCCollector(registry=registry)
    version = GaugeMetricFamily("parley_info", "The version that runs.", labels=["version"])
    version.add_metric([VERSION], 1)
    registry.register(_Fixed(version))
    return registry


class _Fixed(Collector):
    def __init__(self, metric: Metric) -> None:
        self._metric = metric

    def collect(self) -> Iterator[Metric]:
        yield self._metric


class Metrics(RequestHandler):
    """`GET /metrics`, for this machine and the address that was chosen, by their own names.

    A page of somebody else's could have its name lead here; it cannot have another Host. So where every address of the
    machine was chosen, each is taken, and no name.
    """

    def initialize(self, gathered: Gathered, registry: CollectorRegistry, address: str) -> None:
        """Given by the application."""
        self._gathered = gathered
        self._registry = registry
        self._address = address

    async def get(self) -> None:
        """The text that Prometheus reads."""
        if not _is_meant(_name_in(self.request.host), self._address):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        await self._gathered.ask()
        self.set_header("Content-Type", CONTENT_TYPE_LATEST)
        self.finish(generate_latest(self._registry))


def _name_in(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:  # a bracket that nothing closes
        return ""


def _is_meant(host: str, address: str) -> bool:
    """Whether who listens at `address` may be called that."""
    return host in (*OURS, address) or (address in EVERYWHERE and is_address(host))


def make_metrics_app(vitals: Vitals, address: str) -> Application:
    """The application of the metrics' port."""
    gathered = Gathered(vitals)
    given = {"gathered": gathered, "registry": make_registry(gathered), "address": address}
    return Application([(r"/metrics", Metrics, given)], log_function=lambda _: None)
