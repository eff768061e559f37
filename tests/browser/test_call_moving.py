"""A call between two whose devices do not reach each other, or no longer: it goes on through the forwarding unit."""

import os
import re
import signal
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.calling import KEEP_CONNECTIONS, answer, wait_for_pictures, wait_for_voices
from tests.browser.firefox import until
from tests.browser.people import begin
from tests.browser.phones import Phone
from tests.browser.road import WITHOUT_UDP, Road
from tests.browser.running import RunningServer
from tests.browser.test_call import DOWN, call
from tests.browser.turn import TurnServer

Phones = Callable[..., Phone]

PROTOCOLS = """async () => {
  const open = window.connections.filter((one) => one.connectionState === "connected");
  const reports = await Promise.all(open.map((one) => one.getStats()));
  const all = reports.flatMap((report) => [...report.values()]);
  return all.filter((one) => one.type === "candidate-pair" && one.nominated)
    .map((pair) => all.find(({ id }) => id === pair.localCandidateId).protocol);
}"""

DEVICE = "async () => (await import('/state/session.js')).session.value.device"


def met(road: Road, phone: Phones, *scripts: str, server: RunningServer | None = None) -> tuple[Page, Page]:
    """Ana on a phone and Ben on a laptop who have that road between them, and Ana looks at their conversation."""
    pages = []
    for name, width, height in (("Ana", 390, 844), ("Ben", 1280, 800)):
        device = phone(width, height, name=name, **({"server": server} if server else {}))
        road.pave(device.context)
        for script in (*scripts, KEEP_CONNECTIONS):
            device.context.add_init_script(script)
        pages.append(device.join(name))
    begin(pages[0], "Ben")
    return pages[0], pages[1]


def in_call(page: Page, name: str) -> None:
    """The call is up: its clock runs. Finding out that there is no road takes its time."""
    clock = page.get_by_role("dialog", name=f"Call with {name}").locator(".call-clock")
    expect(clock).to_be_visible(timeout=45_000)


def is_through(page: Page) -> bool:
    """Whether the call goes through the server."""
    return bool(
        page.evaluate("""async () => {
          const { standingCalls } = await import("/state/ringing.js");
          return standingCalls.value.some(({ call }) => call.relayed);
        }""")
    )


def seconds(page: Page) -> int:
    """What the clock of the call shows."""
    minutes, rest = page.locator(".call-clock").inner_text().split(":")[-2:]
    return int(minutes) * 60 + int(rest)


def test_two_who_never_reach_each_other_talk_through_the_server(
    open_server: RunningServer, phone: Phones, road: Road
) -> None:
    road.open = False
    ana, ben = met(road, phone)
    call(ana)
    answer(ben)
    in_call(ana, "Ben")
    in_call(ben, "Ana")
    wait_for_pictures(ana, ben)
    wait_for_voices(ana, ben)
    assert is_through(ana)
    assert set(ana.evaluate(PROTOCOLS)) == set(ben.evaluate(PROTOCOLS)) == {"udp"}
    ben.get_by_role("button", name="End call").click()
    expect(ana.get_by_text("Call ended")).to_be_visible()


def test_where_they_reach_each_other_the_server_sees_nothing_of_it(
    open_server: RunningServer, phone: Phones, road: Road
) -> None:
    ana, ben = met(road, phone)
    call(ana)
    answer(ben)
    wait_for_pictures(ana, ben)
    before = road.passed
    until(lambda: road.passed > before + 50, "packets on the road")
    assert not is_through(ana)


def test_a_road_that_is_lost_in_the_middle_ends_nothing(open_server: RunningServer, phone: Phones, road: Road) -> None:
    ana, ben = met(road, phone)
    call(ana)
    answer(ben)
    wait_for_pictures(ana, ben)
    ana.get_by_role("button", name="Mute", exact=True).click()
    expect(ben.get_by_text("Ana is muted")).to_be_visible()
    ben.get_by_role("button", name="Turn camera off").click()
    expect(ana.locator("video.large")).to_have_count(0)
    before = seconds(ben)
    road.open = False
    expect(ben.get_by_role("dialog").get_by_text("Reconnecting…")).to_be_visible(timeout=30_000)
    until(lambda: is_through(ben), "a call through the server")
    in_call(ben, "Ana")
    in_call(ana, "Ben")
    wait_for_pictures(ben)
    wait_for_voices(ana, ben)
    assert seconds(ben) > before
    expect(ben.get_by_text("Ana is muted")).to_be_visible()
    expect(ana.locator("video.large")).to_have_count(0)
    ben.get_by_role("button", name="Turn camera on").click()
    wait_for_pictures(ana)
    expect(ana.locator("video.large")).to_be_visible()
    ana.get_by_role("button", name="Unmute").click()
    expect(ben.get_by_text("Ana is muted")).to_have_count(0)
    ana.get_by_role("button", name="End call").click()
    expect(ben.get_by_text("Call ended")).to_be_visible()
    expect(ben.get_by_text(re.compile(r"\d:\d\d")).first).to_be_visible()


def test_where_udp_is_blocked_too_it_goes_by_tcp(open_server: RunningServer, phone: Phones, road: Road) -> None:
    road.open = False
    ana, ben = met(road, phone, WITHOUT_UDP)
    call(ana)
    answer(ben)
    in_call(ana, "Ben")
    wait_for_pictures(ana, ben)
    assert set(ana.evaluate(PROTOCOLS)) == set(ben.evaluate(PROTOCOLS)) == {"tcp"}


def test_it_outlives_a_page_that_is_loaded_again_and_the_server(
    open_server: RunningServer, phone: Phones, phones: list[Phone], road: Road
) -> None:
    road.open = False
    ana, ben = met(road, phone)
    call(ana)
    answer(ben)
    wait_for_pictures(ana, ben)
    for page in (ben, ana):
        page.reload()
        in_call(page, "Ana" if page is ben else "Ben")
        wait_for_pictures(ana, ben)
    for device in phones:
        device.expect_complaints(DOWN)
    open_server.kill()
    open_server.start()
    wait_for_pictures(ana, ben)
    ana.get_by_role("button", name="End call").click()
    expect(ben.get_by_text("Call ended")).to_be_visible(timeout=40_000)


def test_it_outlives_the_units_process(start_server: Callable[..., RunningServer], phone: Phones, road: Road) -> None:
    server = start_server("--open", "--calls-process")
    road.open = False
    ana, ben = met(road, phone, server=server)
    call(ana)
    answer(ben)
    wait_for_pictures(ana, ben)
    assert server.process
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text("utf-8").split()
    (unit,) = [int(one) for one in children if b"calls.process" in Path(f"/proc/{one}/cmdline").read_bytes()]
    os.kill(unit, signal.SIGKILL)
    wait_for_pictures(ana, ben)
    in_call(ana, "Ben")


def test_a_turn_server_of_the_hosts_takes_it_before_the_server_has_to(
    start_server: Callable[..., RunningServer], phone: Phones, road: Road, tmp_path: Path
) -> None:
    turn = TurnServer("north")
    secret = tmp_path / "secret"
    secret.write_text("north\n", "utf-8")
    server = start_server("--open", "--turn", turn.url, "--turn-secret-file", str(secret))
    road.open = False
    ana, ben = met(road, phone, server=server)
    call(ana)
    answer(ben)
    wait_for_pictures(ana, ben)
    assert not is_through(ana)
    before = turn.relayed
    wait_for_pictures(ana, ben)
    assert turn.relayed > before
    devices = [page.evaluate(DEVICE) for page in (ana, ben)]
    assert turn.names <= set(devices)
    assert turn.refused == 0
    turn.close()
