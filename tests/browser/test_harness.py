"""The stage itself: journeys mean something only if trust is real and complaints are heard."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error

from tests.browser import axe
from tests.browser.firefox import Firefox, until
from tests.browser.household import TestHousehold
from tests.browser.phones import Phone
from tests.browser.running import RunningServer

PickUp = Callable[..., Phone]


def at_health(phone: Phone) -> Phone:
    """The phone at a document without an icon, of which browsers complain."""
    phone.expect_complaints("favicon.ico")
    phone.open("/health")
    return phone


def test_a_phone_reaches_the_server_without_a_warning(phone: PickUp, server: RunningServer) -> None:
    answer = at_health(phone()).page.goto(f"{server.origin}/health")
    assert answer is not None
    assert answer.ok
    assert json.loads(answer.text())["checks"]["store"] == "ok"
    details = answer.security_details()
    assert details is not None
    assert details["protocol"] == "TLS 1.3"


def test_an_installed_browser_trusts_the_household_too(installed_phone: PickUp, server: RunningServer) -> None:
    page = at_health(installed_phone()).page
    assert page.evaluate("isSecureContext")
    assert page.evaluate("fetch('/health').then((answer) => answer.status)") == 200


def test_a_server_of_another_household_is_refused(phone: PickUp, server: RunningServer, tmp_path: Path) -> None:
    (tmp_path / "stranger").mkdir()
    stranger = RunningServer(TestHousehold(tmp_path / "other"), tmp_path / "stranger")
    stranger.start()
    try:
        with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
            phone().page.goto(f"{stranger.origin}/health")
    finally:
        stranger.stop()


def test_a_killed_server_comes_back_where_it_was(phone: PickUp, server: RunningServer) -> None:
    page = at_health(phone()).page
    server.kill()
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        page.reload()
    server.start()
    # In a tab of its own: the page of the error comes up after the refusal, and would cross the next address
    answer = page.context.new_page().goto(f"{server.origin}/health")
    assert answer is not None
    assert answer.ok


def test_the_page_has_a_camera_and_a_microphone(phone: PickUp, server: RunningServer) -> None:
    page = at_health(phone()).page
    kinds = page.evaluate(
        "navigator.mediaDevices.getUserMedia({audio: true, video: true})"
        ".then((stream) => stream.getTracks().map((track) => track.kind).sort())"
    )
    assert kinds == ["audio", "video"]


def test_an_error_on_the_console_is_a_complaint(phone: PickUp, server: RunningServer) -> None:
    held = at_health(phone())
    with held.page.expect_console_message():
        held.page.evaluate("console.error('something broke')")
    assert [text.partition(" (")[0] for text in held.unexpected()] == ["console: something broke"]
    held.expect_complaints("something broke")
    assert held.unexpected() == []


def test_an_uncaught_error_is_a_complaint(phone: PickUp, server: RunningServer) -> None:
    held = at_health(phone())
    with held.context.expect_event("weberror"):
        held.page.evaluate("setTimeout(() => { throw new Error('nobody caught me') })")
    assert len(held.unexpected()) == 1
    held.expect_complaints("nobody caught me")


def test_axe_finds_what_is_wrong_and_passes_what_is_right(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content("<html lang=en><title>Wrong</title><main><h1>Hello</h1><img src='data:,'></main>")
    assert any(found.startswith("image-alt") for found in axe.violations(page))
    page.set_content("<html lang=en><title>Right</title><main><h1>Hello</h1></main>")
    assert axe.violations(page) == []
    page.close()


def test_firefox_reaches_the_server_without_a_warning(firefox: Firefox, server: RunningServer) -> None:
    tab = firefox.new_tab()
    tab.open(f"{server.origin}/health")
    assert tab.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == 200


def test_firefox_refuses_another_household(firefox: Firefox, server: RunningServer, tmp_path: Path) -> None:
    (tmp_path / "stranger").mkdir()
    stranger = RunningServer(TestHousehold(tmp_path / "other"), tmp_path / "stranger")
    stranger.start()
    try:
        with pytest.raises(AssertionError, match=r"browsingContext.navigate.*(SEC_ERROR|MOZILLA_PKIX|CERT)"):
            firefox.new_tab().open(f"{stranger.origin}/health")
    finally:
        stranger.stop()


def test_firefox_finds_presses_and_writes(firefox: Firefox) -> None:
    tab = firefox.new_tab()
    tab.open("data:text/html,<label>Name <input></label><button onclick=\"console.error('pressed')\">Go</button>")
    tab.fill("textbox", "Name", "Ada")
    assert tab.evaluate("document.querySelector('input').value") == "Ada"
    tab.click("button", "Go")
    until(lambda: "pressed" in firefox.complaints(), "the complaint")
    with pytest.raises(AssertionError, match="no such thing"):
        tab.evaluate("Promise.reject(new Error('no such thing'))")


def test_firefox_presses_what_is_covered_once_it_is_not(firefox: Firefox) -> None:
    tab = firefox.new_tab()
    tab.open("data:text/html,<button hidden>Go</button><button onclick='done = true'>Go</button>")
    tab.evaluate("""() => {
        const cover = document.createElement("dialog");
        cover.style.cssText = "inset: 0; width: 100%; height: 100%";
        document.body.append(cover);
        cover.showModal();
        const find = document.elementFromPoint.bind(document);
        document.elementFromPoint = (...at) => { setTimeout(() => cover.remove()); return find(...at); };
    }""")
    tab.click("button", "Go")
    tab.wait_for("window.done")


def test_firefox_calls_a_function_and_runs_a_script_before_a_page(firefox: Firefox, server: RunningServer) -> None:
    tab = firefox.new_tab()
    tab.add_init_script("window.early = document.body === null;")
    tab.open(f"{server.origin}/health")
    assert tab.evaluate("async ([one, two]) => [window.early, one + two]", [3, 4]) == [True, 7]
    tab.evaluate("window.early = 0")
    tab.reload()
    assert tab.evaluate("window.early") is True
