"""Attention: who calls whom, how loudly, and what counts apart."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.firefox import until
from tests.browser.household import TestHousehold
from tests.browser.people import begin, bubble, conversation, say, sent
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.push_service import PushService

PickUp = Callable[..., Phone]

READY = "navigator.serviceWorker.ready.then((found) => found.active.state === 'activated')"
SHOWN = """() => navigator.serviceWorker.ready
    .then((found) => found.getNotifications())
    .then((all) => all.map(({ title, body }) => `${title}: ${body}`))"""
LOOKS_AWAY = "() => { document.hasFocus = () => false; window.dispatchEvent(new Event('blur')); }"
LOOKED_AROUND = "async () => { await (await import('/state/tabs.js')).lookedAt(); }"
LOOKS_HERE = "() => { document.hasFocus = () => true; window.dispatchEvent(new Event('focus')); }"
SUBSCRIBES = """(made) => {
    const key = { options: { applicationServerKey: null } };
    const subscription = { ...key, toJSON: () => made, unsubscribe: async () => true };
    PushManager.prototype.getSubscription = async () => null;
    PushManager.prototype.subscribe = async () => subscription;
}"""
"""A browser here reaches no push service: its side of a subscription is made by ours, and all else is the app's own."""
WOKEN = "This device is also told while Parley is closed."
SUBSCRIBED = "async () => (await import('/state/push.js')).push.value?.subscribed"
PREVIEWS = """async () => {
    const { previews } = await import("/state/preferences.js");
    const { session } = await import("/state/session.js");
    return previews(session.value.me).value;
}"""
"""What the server said last: whether it wakes this device, and whether with the words."""
ICON = """
    navigator.setAppBadge = async (unread) => { window.badge = unread; };
    navigator.clearAppBadge = async () => { window.badge = 0; };
"""
"""The app's icon, as far as a page sees it: no journey installs one."""
EAR = """
    const start = AudioScheduledSourceNode.prototype.start;
    window.heard = 0;
    AudioScheduledSourceNode.prototype.start = function (...given) {
        window.heard += 1;
        return start.apply(this, given);
    };
"""
"""Counts the sounds that a page makes."""


def describe(page: Page, name: str) -> None:
    """Opens the card of somebody one talks with."""
    page.get_by_role("link", name=re.compile(name)).filter(has=page.get_by_role("heading")).click()
    expect(page.get_by_role("heading", name="Notifications")).to_be_visible()


def test_a_muted_conversation_counts_apart_on_all_of_one_s_devices_until_it_is_unmuted(
    phone: PickUp, open_server: RunningServer
) -> None:
    hers = phone(name="anna")
    anna = hers.join("Anna")
    bob = phone(name="bob").join("Bob")
    begin(anna, "Bob")
    say(anna, "Hello")
    begin(bob, "Anna")
    describe(anna, "Bob")
    anna.get_by_role("button", name="Mute").click()
    assert violations(anna) == []
    anna.get_by_role("dialog").get_by_role("button", name="For 8 hours").click()
    expect(anna.get_by_text(re.compile("^Muted until"))).to_be_visible()
    assert violations(anna) == []

    hers.open("/#/")
    expect(conversation(anna, "Bob").get_by_text("Muted")).to_be_attached()
    say(bob, "You will not hear this")
    expect(conversation(anna, "Bob")).to_contain_text("You will not hear this")
    expect(conversation(anna, "Bob").locator(".badge")).to_have_text(re.compile("^1"))
    expect(anna).to_have_title("Parley")

    begin(anna, "Bob")
    describe(anna, "Bob")
    anna.get_by_role("button", name="Unmute").click()
    expect(anna.get_by_text("Not muted")).to_be_visible()
    hers.open("/#/")
    say(bob, "This you will")
    expect(anna).to_have_title("(1) Parley")


def test_the_icon_of_an_open_app_says_how_many_are_unread(phone: PickUp, open_server: RunningServer) -> None:
    hers = phone(name="anna")
    hers.context.add_init_script(ICON)
    anna, bob = hers.join("Anna"), phone(name="bob").join("Bob")
    begin(bob, "Anna")
    for count, text in enumerate(("one", "two"), 1):
        say(bob, text)
        until(lambda count=count: anna.evaluate("window.badge") == count, f"{count} on the icon")
    conversation(anna, "Bob").get_by_role("link").click()
    until(lambda: anna.evaluate("window.badge") == 0, "nothing on the icon")


def test_a_message_is_heard_unless_sounds_are_off(phone: PickUp, open_server: RunningServer) -> None:
    hers = phone(name="anna")
    hers.context.add_init_script(EAR)
    anna, bob = hers.join("Anna"), phone(name="bob").join("Bob")
    begin(bob, "Anna")
    say(bob, "one")
    until(lambda: anna.evaluate("window.heard") == 1, "a sound")
    hers.open("/#/settings")
    anna.get_by_role("switch", name="Play a sound for new messages").uncheck()
    say(bob, "two")
    expect(anna).to_have_title("(2) Parley")
    anna.evaluate(LOOKED_AROUND)  # only then a sound is made, or not
    assert anna.evaluate("window.heard") == 1
    anna.get_by_role("switch", name="Play a sound for new messages").check()
    assert anna.evaluate("window.heard") == 2, "turned on, it says how it sounds"
    say(bob, "three")
    until(lambda: anna.evaluate("window.heard") == 3, "a sound again")


def turn_on(hers: Phone) -> None:
    """Notifications, in the settings."""
    until(lambda: hers.page.evaluate(READY), "the service worker")
    hers.open("/#/settings")
    hers.page.get_by_role("switch", name="Show a notification for new messages").click()


def shows(page: Page, *notices: str) -> None:
    """Waits until these notifications are shown, and no others."""
    until(lambda: sorted(page.evaluate(SHOWN)) == sorted(notices), f"{notices}")


def test_who_looks_elsewhere_sees_one_notification_a_conversation_until_it_is_read_on_any_device(
    installed_phone: PickUp, phone: PickUp, open_server: RunningServer
) -> None:
    hers = installed_phone(1280, 800, name="anna")
    anna = hers.join("Anna")
    bob = phone(name="bob").join("Bob")
    turn_on(hers)
    second = hers.context.new_page()
    second.goto(f"{open_server.origin}/#/people")
    expect(second.get_by_role("list", name="People")).to_be_visible()
    begin(bob, "Anna")

    say(bob, "seen at once")
    expect(anna).to_have_title("(1) Parley")
    expect(second).to_have_title("(1) Parley")
    assert anna.evaluate(SHOWN) == [], "one of the windows is looked at"

    for page in (anna, second):
        page.evaluate(LOOKS_AWAY)
    say(bob, "one")
    shows(anna, "Bob: one")
    say(bob, "two")
    shows(anna, "Bob (2): one\ntwo")
    expect(anna.locator('link[rel="icon"][type="image/svg+xml"]')).to_have_attribute("href", "/icons/mark-unread.svg")

    say(bob, "by mistake")
    shows(anna, "Bob (3): one\ntwo\nby mistake")
    sent(bob, "by mistake")
    bubble(bob, "by mistake").click(button="right")
    bob.get_by_role("menuitem", name="Delete").click()
    bob.get_by_role("dialog").get_by_role("button", name="Delete").click()
    shows(anna, "Bob (2): one\ntwo")

    bob.get_by_role("button", name="Voice call").click()
    shows(anna, "Bob (2): one\ntwo", "Bob: Incoming call")
    bob.get_by_role("button", name="End call").click()
    shows(anna, "Bob (2): one\ntwo")

    second.evaluate(LOOKS_HERE)
    second.goto(f"{open_server.origin}/#/")
    begin(second, "Bob")
    shows(anna)
    expect(anna).to_have_title("Parley")
    expect(anna.locator('link[rel="icon"][type="image/svg+xml"]')).to_have_attribute("href", "/icons/mark.svg")


def test_an_answer_in_a_thread_stands_apart_and_goes_when_it_is_taken_back(
    installed_phone: PickUp, phone: PickUp, open_server: RunningServer
) -> None:
    hers = installed_phone(1280, 800, name="anna")
    anna = hers.join("Anna")
    bob = phone(1280, 800, name="bob").join("Bob")
    turn_on(hers)
    hers.open("/#/")
    begin(anna, "Bob")
    say(anna, "Who brings the cake?")
    begin(bob, "Anna")
    bubble(bob, "Who brings the cake?").click(button="right")
    bob.get_by_role("menuitem", name="Answer in a thread").click()
    thread = bob.get_by_role("complementary", name="Thread")
    anna.evaluate(LOOKS_AWAY)
    for text in ("I do", "by mistake"):
        thread.get_by_role("textbox", name="Message").fill(text)
        thread.get_by_role("button", name="Send").click()
        sent(bob, text)
    shows(anna, "Bob (2): I do\nby mistake")
    bubble(bob, "by mistake").click(button="right")
    bob.get_by_role("menuitem", name="Delete").click()
    bob.get_by_role("dialog").get_by_role("button", name="Delete").click()
    shows(anna, "Bob: I do")
    expect(anna).to_have_title("(1) Parley")
    anna.evaluate(LOOKS_HERE)
    anna.get_by_role("link", name="Something new in a thread", exact=True).click()
    expect(bubble(anna, "I do")).to_be_visible()
    shows(anna)
    expect(anna).to_have_title("Parley")


@pytest.fixture
def push_service(household: TestHousehold, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    """Ours, trusted by servers that are started after it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(household.root))
    service = PushService(household.certs)
    yield service
    service.close()


class Browser:
    """The browser of a phone as its push service would wake it: what came there is handed to the worker."""

    def __init__(self, hers: Phone, service: PushService) -> None:
        self.origin, self.service, self.handed = hers.server.origin, service, 0
        self.registrations: list[str] = []
        self.session = hers.context.new_cdp_session(hers.page)
        self.session.on("ServiceWorker.workerRegistrationUpdated", self._registered)
        self.session.send("ServiceWorker.enable")

    def _registered(self, told: dict[str, Any]) -> None:
        self.registrations += [str(one["registrationId"]) for one in told["registrations"]]

    def is_woken(self, count: int) -> dict[str, Any]:
        """Waits until so many pushes have come in all; the new ones reach the worker. The last one's words."""
        taken = self.service.wait_for(count)
        assert len(taken) == count
        for one in taken[self.handed :]:
            self.session.send(
                "ServiceWorker.deliverPushMessage",
                {"origin": self.origin, "registrationId": self.registrations[-1], "data": json.dumps(one.words)},
            )
        self.handed = count
        return taken[-1].words


def test_a_closed_parley_is_woken_by_push_and_says_in_the_settings_what_it_can(
    installed_phone: PickUp, phone: PickUp, push_service: PushService, start_server: Callable[..., RunningServer]
) -> None:
    server = start_server("--open", "--push-host", push_service.host)
    hers = installed_phone(name="anna", server=server)
    anna = hers.join("Anna")
    bob = phone(name="bob", server=server).join("Bob")
    made = push_service.subscribe()
    hers.context.add_init_script(f"({SUBSCRIBES})({json.dumps(made)})")
    anna.reload()
    turn_on(hers)
    expect(anna.get_by_text(WOKEN)).to_be_visible()
    browser = Browser(hers, push_service)
    anna.get_by_role("button", name="Send me a test notification").click()
    expect(anna.get_by_text("The push service took it.")).to_be_visible()
    assert browser.is_woken(1) == {"kind": "test"}
    shows(anna, "Parley: This is how a message will look.")
    assert violations(anna) == []

    anna.goto("about:blank")
    begin(bob, "Anna")
    say(bob, "See you at eight 👋")
    assert browser.is_woken(2)["body"] == "See you at eight 👋"
    say(bob, "by the lake")
    assert browser.is_woken(3)["title"] == "Bob"
    assert push_service.objections == []
    hers.expect_complaints("favicon.ico")  # of a page that is none of the app's
    hers.open("/health")
    shows(anna, "Parley: This is how a message will look.", "Bob (2): See you at eight 👋\nby the lake")

    hers.open("/#/settings")
    expect(anna.get_by_text(WOKEN)).to_be_visible()
    anna.get_by_role("switch", name="Show who wrote and what").click()
    until(lambda: anna.evaluate(PREVIEWS) is False, "the server to show no words any more")
    shows(anna, "Parley: This is how a message will look.", "Bob (2): See you at eight 👋\nby the lake")
    anna.goto("about:blank")
    say(bob, "a secret")
    assert browser.is_woken(4).keys() == {"kind", "conversation", "seq", "at"}

    push_service.receivers.clear()
    say(bob, "to nobody")
    until(lambda: len(push_service.asked) == 5, "a push to a subscription that is dead")
    hers.open("/#/settings")
    expect(anna.get_by_text(WOKEN)).to_be_visible()
    anna.get_by_role("switch", name="Show a notification for new messages").click()
    until(lambda: anna.evaluate(SUBSCRIBED) is False, "the server to wake this device no longer")
    anna.goto("about:blank")
    say(bob, "unsubscribed")
    hers.open("/#/")
    expect(conversation(anna, "Bob")).to_contain_text("unsubscribed")
    assert len(push_service.asked) == 5
