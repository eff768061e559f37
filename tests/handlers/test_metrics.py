"""What Prometheus reads is right, tells on nobody, and is for this machine."""

from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port

from calls.call import Counted
from chat.forwarding import hear_unit, name_of
from chat.ids import new_id, new_nonce
from chat.visibility import direct
from handlers.metrics import Gathered, make_metrics_app, make_registry
from handlers.vitals import Vitals
from protocol.commands import CreateRoom, PickUpCall, RingCall
from protocol.group_calls import CloseCall, OpenCall
from store import Who
from store.backups.daily import Backups, Habit
from store.backups.making import Source
from store.durable import NotSaved
from store.pulse import Pulse
from store.wholeness import Wholeness
from tests.handlers.house import House

Figures = dict[tuple[str, str], float]


def vitals_of(house: House) -> Vitals:
    backups = Backups(Source(house.folder), Habit(house.folder / "backups", 7), house.clock)
    vitals = Vitals(
        house.store, house.uploads, backups, Pulse(), Wholeness(house.folder, str), house.folder, house.clock
    )
    house.store.checks = vitals.checks()  # as server.py does
    return vitals


async def scraped(
    vitals: Vitals, host: str = "localhost:1", path: str = "/metrics", address: str = "192.168.1.5"
) -> HTTPResponse:
    socket, port = bind_unused_port()
    server = HTTPServer(make_metrics_app(vitals, address))
    server.add_socket(socket)
    try:
        request = HTTPRequest(f"http://127.0.0.1:{port}{path}", headers={"Host": host})
        return await AsyncHTTPClient().fetch(request, raise_error=False)
    finally:
        server.stop()
        await server.close_all_connections()


def figures(answer: HTTPResponse) -> Figures:
    families = text_string_to_metric_families(answer.body.decode())
    return {(sample.name, ",".join(sample.labels.values())): sample.value for one in families for sample in one.samples}


@pytest.mark.gen_test
async def test_what_the_server_did_is_counted(house: House) -> None:
    vitals = vitals_of(house)
    before = figures(await scraped(vitals))
    anna, ben = await house.join("Anna"), await house.join("Ben")
    wire = await house.connect(anna)
    told = figures(await scraped(vitals))
    assert told["parley_people", ""] - before["parley_people", ""] == 2
    assert told["parley_connections", ""] == told["parley_people_online", ""] == 1
    assert told["parley_commands_total", "done"] - before["parley_commands_total", "done"] == 2
    assert told["parley_commit_seconds_count", ""] == told["parley_commit_seconds_bucket", "+Inf"] >= 1
    assert told["parley_events_total", ""] > 2
    assert told["parley_check", "store"] == told["parley_check", "disk"] == told["parley_check", "loop"] == 1
    assert told["parley_disk_free_bytes", ""] > 0
    assert told["process_open_fds", ""] > 0
    assert (wire is not None, ben.name) == (True, "Ben")


@pytest.mark.gen_test
async def test_what_health_asks_of_the_other_servers_is_told_too(house: House) -> None:
    vitals = vitals_of(house)
    house.store.checks |= {"bus": lambda: "Redis cannot be reached.", "nodes": lambda: "ok"}
    told = figures(await scraped(vitals))
    assert (told["parley_check", "bus"], told["parley_check", "nodes"], told["parley_check", "disk"]) == (0, 1, 1)


@pytest.mark.gen_test
async def test_calls_that_are_on_and_what_passed_are_counted_and_what_passed_stays(house: House) -> None:
    vitals, call = vitals_of(house), new_id("c", 13)
    anna = await house.join("Anna")
    who = Who(anna.id, anna.device)
    room = (await house.store.write(CreateRoom(nonce=new_nonce(), title="Class"), who)).conversation
    about = {"conversation": room, "call": call}
    await house.store.write(OpenCall(nonce=new_nonce(), **about, video=True), who)
    hear_unit(Counted(name_of(room, call), False, {"in_packets": 70, "out_octets": 900, "out_lost": 3}), house.store)
    told = figures(await scraped(vitals))
    assert (told["parley_calls", "room"], told["parley_calls", "two"], told["parley_call_people", ""]) == (1, 0, 1)
    assert told["parley_call_packets_total", "in"] == 70
    assert told["parley_call_bytes_total", "out"] == 900
    assert told["parley_call_packets_lost_total", "out"] == 3
    await house.store.write(CloseCall(nonce=new_nonce(), **about), who)
    hear_unit(Counted(name_of(room, call), True, {"in_packets": 75, "out_octets": 900, "out_lost": 2}), house.store)
    over = figures(await scraped(vitals))
    assert (over["parley_calls", "room"], over["parley_call_people", ""]) == (0, 0)
    assert over["parley_call_packets_total", "in"] == 75
    assert over["parley_call_bytes_total", "out"] == 900
    assert over["parley_call_packets_lost_total", "out"] == 3


@pytest.mark.gen_test
async def test_two_who_talk_are_a_call_and_one_that_rings_is_none_yet(house: House) -> None:
    vitals = vitals_of(house)
    anna, ben = await house.join("Anna"), await house.join("Ben")
    pair = {"conversation": direct(anna.id, ben.id), "call": new_id("c", 13)}
    await house.store.write(RingCall(nonce=new_nonce(), **pair, video=False), Who(anna.id, anna.device))
    assert figures(await scraped(vitals))["parley_calls", "two"] == 0
    await house.store.write(PickUpCall(nonce=new_nonce(), **pair), Who(ben.id, ben.device))
    told = figures(await scraped(vitals))
    assert (told["parley_calls", "two"], told["parley_call_people", ""]) == (1, 2)


@pytest.mark.gen_test
async def test_nobody_is_told_on(house: House) -> None:
    anna = await house.join("Anna the First")
    text = (await scraped(vitals_of(house))).body.decode()
    for secret in ("Anna", anna.id, anna.device, anna.token):
        assert secret not in text


@pytest.mark.gen_test
async def test_a_check_that_is_not_well_counts_as_nothing(house: House) -> None:
    vitals = vitals_of(house)
    vitals.backups.trouble = "No backup was made."
    assert figures(await scraped(vitals))["parley_check", "backup"] == 0


@pytest.mark.gen_test
@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:9", 200),
        ("[::1]:9", 200),
        ("localhost", 200),
        ("192.168.1.5:9", 200),
        ("evil.example:9", 421),
        ("[", 421),
    ],
)
async def test_a_name_of_somebody_else_gets_nothing(house: House, host: str, status: int) -> None:
    answer = await scraped(vitals_of(house), host)
    assert answer.code == status
    assert (b"parley_people" in answer.body) == (status == 200)


@pytest.mark.gen_test
@pytest.mark.parametrize("address", ["0.0.0.0", "::"])
@pytest.mark.parametrize(
    ("host", "status"), [("192.168.1.5:9", 200), ("[fd00::5]:9", 200), ("localhost:9", 200), ("evil.example:9", 421)]
)
async def test_where_every_address_was_chosen_each_is_one(house: House, host: str, status: int, address: str) -> None:
    assert (await scraped(vitals_of(house), host, address=address)).code == status


@pytest.mark.gen_test
async def test_a_quiet_house_that_could_not_save_is_seen(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full() -> None:
        raise NotSaved("The disk is full.")

    monkeypatch.setattr(house.store.durable, "check", full)
    told = figures(await scraped(vitals_of(house)))
    assert (told["parley_check", "store"], told["parley_check", "disk"]) == (0, 1)


@pytest.mark.gen_test
async def test_a_file_that_goes_at_that_moment_spoils_nothing(house: House) -> None:
    vitals = vitals_of(house)
    (house.folder / "seen.db").write_bytes(b"12345")
    (house.folder / "gone.db").symlink_to(house.folder / "nowhere")
    answer = await scraped(vitals)
    assert (answer.code, figures(answer)["parley_database_bytes", "seen.db"]) == (200, 5)


@pytest.mark.gen_test
async def test_there_is_nothing_else_on_that_port(house: House) -> None:
    assert (await scraped(vitals_of(house), path="/health")).code == 404


@pytest.mark.gen_test
async def test_no_family_has_a_label_that_grows_with_people(house: House, tmp_path: Path) -> None:
    gathered = Gathered(vitals_of(house))
    await gathered.ask()
    labels = {
        name
        for family in make_registry(gathered).collect()
        if family.name.startswith("parley")
        for sample in family.samples
        for name in sample.labels
    }
    assert labels == {"outcome", "check", "le", "version", "file", "kind", "way"} - (
        {"file"} if not list(tmp_path.glob("*.db")) else set()
    )
