"""An installed app opens with no network, shows the last conversations, and takes a new version when asked."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.firefox import until
from tests.browser.people import begin, bubble, conversation, keeps, say
from tests.browser.phones import Phone
from tests.browser.running import RunningServer

PickUp = Callable[..., Phone]
DOWN = "ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_INTERNET_DISCONNECTED|WebSocket|Failed to fetch"
READY = "navigator.serviceWorker.ready.then((found) => found.active.state === 'activated')"


def test_the_app_opens_offline_with_the_last_conversations_and_sends_later(
    installed_phone: PickUp, phone: PickUp, server: RunningServer
) -> None:
    hers = installed_phone(name="anna")
    anna, bob = hers.join("Anna"), phone(name="bob").join("Bob")
    begin(anna, "Bob")
    say(anna, "before the storm")
    expect(conversation(bob, "Anna")).to_contain_text("before the storm")
    keeps(anna, "conversations", "before the storm")
    until(lambda: anna.evaluate(READY), "the service worker")
    hers.expect_complaints(DOWN)
    hers.go_offline()
    anna.goto(f"{server.origin}/")
    expect(conversation(anna, "Bob")).to_contain_text("before the storm")
    anna.get_by_role("button", name="Why?").click()
    expect(anna.get_by_text("This device is in no network.")).to_be_visible()
    begin(anna, "Bob")
    expect(bubble(anna, "before the storm")).to_be_visible()
    say(anna, "from the cellar")
    keeps(anna, "outbox", "from the cellar")
    anna.reload()
    expect(bubble(anna, "from the cellar").get_by_role("img", name="Waiting to be sent")).to_be_visible()
    hers.go_online()
    expect(conversation(bob, "Anna")).to_contain_text("from the cellar", timeout=40_000)


def test_the_worker_keeps_the_shell_and_nothing_of_the_api(installed_phone: PickUp, server: RunningServer) -> None:
    page = installed_phone(name="anna").join("Anna")
    until(lambda: page.evaluate(READY), "the service worker")
    kept = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) => "
        "(await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"
    )
    assert "/app.js" in kept
    assert [path for path in kept if path.startswith(("/api", "/health", "/ws", "/manifest"))] == []
