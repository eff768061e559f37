"""Uploads: held, lost with the network and with the server, gone on with, cancelled; and the ways into the tray."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Dialog, expect

from tests.browser.firefox import until
from tests.browser.people import begin
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_files import attach, bytes_of, log, send

PickUp = Callable[..., Phone]
DOWN = "ERR_CONNECTION_(REFUSED|RESET|CLOSED)|ERR_INTERNET_DISCONNECTED|ERR_EMPTY_RESPONSE|WebSocket|Failed to fetch"
BIG = 20 * 1024 * 1024  # bytes: long enough on its way to be held
SLOW = 2_000_000  # bytes a second
SHARE = """async () => {
    const form = new FormData();
    form.set("text", "from another app");
    form.append("files", new File(["some words"], "notes.txt", { type: "text/plain" }));
    form.append("files", new File(["more"], "more.txt", { type: "text/plain" }));
    return (await fetch("/share", { method: "POST", body: form })).url;
}"""
READY = "navigator.serviceWorker.ready.then((found) => found.active.state === 'activated')"
DROP = """(place) => {
    const carried = new DataTransfer();
    carried.items.add(new File(["dropped"], "dropped.txt", { type: "text/plain" }));
    for (const kind of ["dragover", "drop"])
        place.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
}"""
PASTE = """(box) => {
    const carried = new DataTransfer();
    carried.items.add(new File(["one"], "one.txt", { type: "text/plain" }));
    carried.items.add(new File(["two"], "two.txt", { type: "text/plain" }));
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }));
}"""
NEVER_KEPT = """() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (item, ...rest) {
        if (item?.files?.length) throw new DOMException("no room", "QuotaExceededError");
        return put.call(this, item, ...rest);
    };
}"""


def slowly(phone: Phone) -> None:
    """This phone's line takes so many bytes a second from now on."""
    line = phone.context.new_cdp_session(phone.page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": SLOW},
    )


def test_an_upload_is_held_goes_on_after_a_lost_network_and_a_restart_and_can_be_cancelled(
    phone: PickUp, open_server: RunningServer, tmp_path: Path
) -> None:
    hers, his = phone(1280, 800, name="anna"), phone(name="bob")
    anna, bob = hers.join("Anna"), his.join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    film = tmp_path / "film.bin"
    content = bytes(range(256)) * (BIG // 256)
    film.write_bytes(content)
    slowly(hers)
    sent = list[int]()
    anna.on(
        "request",
        lambda request: sent.append(len(request.post_data_buffer or b"")) if request.method == "PATCH" else None,
    )
    attach(anna, film)
    send(anna)
    bar = log(anna).get_by_role("progressbar", name=re.compile("film.bin"))
    expect(bar).to_have_attribute("value", re.compile("[1-9]"))
    log(anna).get_by_role("button", name="Pause film.bin").click()
    resume = log(anna).get_by_role("button", name="Resume film.bin")
    expect(resume).to_be_visible()
    anna.get_by_role("textbox", name="Message").fill("meanwhile")
    anna.get_by_role("button", name="Send").click()
    expect(log(bob).get_by_text("meanwhile")).to_be_visible()
    for one in (hers, his):
        one.expect_complaints(DOWN)
    anna.reload()
    expect(resume).to_be_visible()
    expect(bar).to_have_attribute("value", re.compile("[1-9]"))
    hers.go_offline()
    resume.click()
    open_server.kill()
    open_server.start()
    hers.go_online()
    link = log(bob).get_by_role("link", name=re.compile("film.bin"))
    expect(link).to_be_visible(timeout=60_000)
    with bob.expect_download() as download:
        link.click()
    assert bytes_of(download.value) == content
    assert sum(sent) < BIG + 9 * 1024 * 1024, "what had come was not sent again"
    slowly(hers)
    attach(anna, film)
    send(anna)
    hers.expect_complaints("404.*api/files")  # a piece that was on its way when its upload was taken back
    log(anna).get_by_role("button", name="Cancel film.bin").click()
    expect(bar).to_be_hidden()
    expect(link).to_have_count(1)


def test_what_is_shared_pasted_or_dropped_lies_in_the_tray_until_it_is_sent(
    installed_phone: PickUp, phone: PickUp, open_server: RunningServer
) -> None:
    anna = installed_phone(1280, 800, name="anna").join("Anna")
    bob = phone(name="bob").join("Bob")
    until(lambda: anna.evaluate(READY), "the service worker")
    anna.reload()
    assert anna.evaluate(SHARE) == f"{open_server.origin}/"
    anna.goto(f"{open_server.origin}/#/share")
    anna.reload()
    whom = anna.get_by_role("dialog", name="Send to")
    expect(whom.get_by_role("button", name="Everyone")).to_be_visible()
    whom.get_by_role("button", name="Bob").click()
    expect(anna.get_by_role("textbox", name="Message")).to_have_value("from another app")
    tray = anna.get_by_role("list", name="Files to send").get_by_role("listitem")
    expect(tray).to_have_count(2)
    anna.get_by_role("textbox", name="Message").evaluate(PASTE)
    expect(tray).to_have_count(4)
    anna.get_by_role("list", name=re.compile("Conversations|People")).first.evaluate(DROP)
    expect(tray).to_have_count(5)
    send(anna)
    begin(bob, "Anna")
    for name in ("notes.txt", "more.txt", "one.txt", "two.txt", "dropped.txt"):
        expect(log(bob).get_by_role("link", name=re.compile(name))).to_be_visible()
    expect(log(bob).get_by_text("from another app")).to_be_visible()


def test_what_is_cancelled_in_a_second_tab_is_not_sent_by_the_first(phone: PickUp, tmp_path: Path) -> None:
    hers, his = phone(1280, 800, name="anna"), phone(name="bob")
    first, bob = hers.join("Anna"), his.join("Bob")
    begin(first, "Bob")
    begin(bob, "Anna")
    slowly(hers)
    film = tmp_path / "film.bin"
    film.write_bytes(bytes(BIG))
    second = first.context.new_page()
    second.goto(first.url)
    attach(second, film)
    second.get_by_role("textbox", name="Message").fill("without it")
    send(second)
    bar = log(first).get_by_role("progressbar", name=re.compile("film.bin"))
    expect(bar).to_have_attribute("value", re.compile("[1-9]"))
    hers.expect_complaints("404.*api/files")  # a piece that was on its way when its upload was taken back
    log(second).get_by_role("button", name="Cancel film.bin").click()
    expect(log(bob).get_by_text("without it")).to_be_visible()
    for page in (first, second, bob):
        expect(log(page).get_by_text("film.bin")).to_have_count(0)


def test_a_message_whose_files_the_device_has_no_room_for_is_not_lost_without_a_word(
    phone: PickUp, tmp_path: Path
) -> None:
    hers, his = phone(1280, 800, name="anna"), phone(name="bob")
    anna = hers.join("Anna")
    his.join("Bob")
    begin(anna, "Bob")
    anna.evaluate(NEVER_KEPT)
    anna.route("**/api/files", lambda _route: None)  # its upload does not begin
    film = tmp_path / "film.bin"
    film.write_bytes(b"a film")
    attach(anna, film)
    anna.get_by_role("textbox", name="Message").fill("our holidays")
    send(anna)
    expect(log(anna).get_by_text("our holidays")).to_be_visible()
    asked = list[str]()

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    anna.on("dialog", leave)
    anna.reload()
    until(lambda: asked == ["beforeunload"], "the browser to ask")
    expect(log(anna).get_by_text("our holidays")).to_be_visible()
    expect(log(anna).get_by_text("Attach them again")).to_be_visible()
