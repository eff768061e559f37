"""Voice messages: spoken by one, heard by the other, with a finger, a mouse or keys alone."""

import base64
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.firefox import Firefox, until
from tests.browser.people import begin, bubble, conversation, join_with_firefox, say, shelved
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.store.recordings import heard

LENGTH = """(link) => new Promise((tell, fail) => {
    const audio = new Audio(link);
    audio.onloadedmetadata = () => tell(audio.duration);
    audio.onerror = () => fail(audio.error);
})"""
PickUp = Callable[..., Phone]

FETCH = """async (link) => {
    const answer = await fetch(link);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return [answer.headers.get("Content-Type"), btoa(String.fromCharCode(...bytes))];
}"""


def two(phone: PickUp) -> tuple[Page, Page]:
    """Anna in the hand and Bob at a desk, each looking at the other's conversation."""
    anna = phone(name="anna").join("Anna")
    bob = phone(1280, 800, name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    return anna, bob


def button(page: Page) -> Locator:
    return page.get_by_role("button", name="Record a voice message")


def played(page: Page) -> Locator:
    """The buttons that play what is in the log."""
    return page.get_by_role("log", name="Messages").get_by_role("button", name="Play voice message")


def centre(what: Locator) -> dict[str, float]:
    """The middle of something on the screen."""
    box = what.bounding_box()
    assert box
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}


def press(page: Page) -> tuple[float, float]:
    """The mouse goes down on the button, and stays; where it is."""
    place = centre(button(page))
    page.mouse.move(**place)
    page.mouse.down()
    return place["x"], place["y"]


def speaks(page: Page, seconds: int = 1) -> None:
    """So much has been said."""
    expect(page.get_by_role("timer")).to_have_text(re.compile(rf"0:0[{seconds}-9]"))


def keeps(page: Page, seconds: int) -> None:
    """So much has been said, and is on the disk piece by piece."""
    speaks(page, seconds)
    until(lambda: any(row["ms"] >= 1000 * seconds for row in shelved(page, "recordings")), f"{seconds} s on the disk")


def tapped(page: Page, seconds: int = 1) -> None:
    """Recorded with both hands free, and sent."""
    button(page).click()
    speaks(page, seconds)
    page.get_by_role("button", name="Send").click()


def test_held_and_let_go_it_is_there_and_plays_on_every_phone(
    phone: PickUp, open_server: RunningServer, tmp_path: Path
) -> None:
    anna, bob = two(phone)
    finger = anna.context.new_cdp_session(anna)  # a real one: what the system does with a long touch must not end it
    place = centre(button(anna))
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [place]})
    speaks(anna)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(played(anna)).to_have_count(1)
    expect(played(bob)).to_have_count(1)
    expect(conversation(bob, "Anna")).to_contain_text("Voice message, 0:0")
    with bob.expect_request(re.compile("/api/files/")) as asked:
        played(bob).click()
    kind, content = bob.evaluate(FETCH, asked.value.url)
    path = tmp_path / "voice"
    path.write_bytes(base64.b64decode(content))
    sound = heard(path)
    assert (kind, sound.container) == ("audio/mpeg", "mp3")
    assert 0.8 < sound.seconds < 6
    assert sound.loudest > 0.01, "the fake microphone beeps"


def test_slid_away_nothing_is_sent_and_slid_up_it_goes_on_by_itself(phone: PickUp, open_server: RunningServer) -> None:
    anna, bob = two(phone)
    x, y = press(anna)
    speaks(anna)
    anna.mouse.move(x - 60, y, steps=4)
    expect(anna.get_by_text("Slide to cancel")).to_be_visible()
    anna.mouse.move(x - 140, y, steps=4)
    expect(anna.get_by_role("timer")).to_be_hidden()
    anna.mouse.up()
    x, y = press(anna)
    anna.mouse.move(x, y - 90, steps=4)
    anna.mouse.up()
    speaks(anna, 2)
    anna.get_by_role("button", name="Pause").click()
    paused = anna.get_by_role("timer").inner_text()
    anna.get_by_role("button", name="Go on recording").click()
    expect(anna.get_by_role("timer")).not_to_have_text(paused)
    assert violations(anna) == []
    anna.get_by_role("button", name="Send").click()
    expect(played(bob)).to_have_count(1)


def test_keys_alone_record_stop_listen_and_send(phone: PickUp, open_server: RunningServer) -> None:
    anna, bob = two(phone)
    button(bob).focus()
    bob.keyboard.press("Enter")
    speaks(bob, 5)
    bob.keyboard.press("Escape")
    bar = bob.get_by_role("group", name="Voice message")
    expect(bar.get_by_role("button", name="Play voice message")).to_be_visible()
    assert violations(bob) == []
    bob.keyboard.press("Shift+Tab")
    place = bar.get_by_role("slider", name="Place in the voice message")
    expect(place).to_be_focused()
    bob.keyboard.press("ArrowRight")
    expect(place).to_have_attribute("aria-valuetext", re.compile(r"^0:0[2-9] of 0:0[5-9]$"))
    bar.get_by_role("button", name="Send").press("Enter")
    expect(played(anna)).to_have_count(1)
    expect(bob.get_by_role("textbox", name="Message")).to_be_focused()


def test_one_after_another_as_fast_as_one_likes_on_through_the_chat(phone: PickUp, open_server: RunningServer) -> None:
    anna, bob = two(phone)
    tapped(bob, 3)
    tapped(bob, 2)
    expect(played(anna)).to_have_count(2)
    expect(anna.get_by_role("img", name="Not played yet")).to_have_count(2)
    played(anna).first.click()
    anna.get_by_role("button", name="Speed 1×").click()
    anna.get_by_role("button", name="Speed 1.5×").click()
    expect(anna.get_by_role("button", name="Speed 2×")).to_be_visible()
    expect(anna.get_by_role("img", name="Not played yet")).to_have_count(0)  # it went on with the second
    assert violations(anna) == []
    played(anna).first.click()
    anna.get_by_role("button", name="Back").click()
    bar = anna.get_by_role("region", name="Voice message that is playing")
    expect(bar).to_contain_text("Bob")
    assert violations(anna) == []
    bar.get_by_role("button", name="Stop playing").click()
    expect(bar).to_be_hidden()


def test_spoken_offline_it_is_sent_with_the_network_and_a_call_does_not_lose_it(
    phone: PickUp, open_server: RunningServer
) -> None:
    offline = phone(name="anna")
    anna = offline.join("Anna")
    bob = phone(1280, 800, name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    offline.go_offline()
    tapped(anna)
    expect(played(anna)).to_have_count(1)
    expect(anna.get_by_role("img", name="Waiting to be sent")).to_be_visible()
    offline.go_online()
    expect(played(bob)).to_have_count(1)
    button(anna).click()
    speaks(anna)
    bob.get_by_role("button", name="Voice call").click()
    anna.get_by_role("button", name="Decline").click()
    anna.get_by_role("button", name="Back", exact=True).click()
    expect(conversation(anna, "Bob")).to_contain_text("Draft: Voice message, 0:0")
    conversation(anna, "Bob").get_by_role("link").click()
    anna.get_by_role("button", name="Send").click()
    expect(played(bob)).to_have_count(2)


def test_a_reload_or_a_closed_page_in_the_middle_leaves_what_was_said(
    installed_phone: PickUp, phone: PickUp, open_server: RunningServer, tmp_path: Path
) -> None:
    offline = installed_phone(name="anna")
    anna = offline.join("Anna")
    bob = phone(1280, 800, name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    anna.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    offline.go_offline()
    button(anna).click()
    keeps(anna, 2)
    anna.reload()
    bar = anna.get_by_role("group", name="Voice message")
    bar.get_by_role("button", name=re.compile("^Play voice message, 0:0[2-9]")).click()
    expect(bar.get_by_role("button", name="Pause voice message")).to_be_visible()
    assert violations(anna) == []
    bar.get_by_role("button", name="Delete the recording").click()
    expect(button(anna)).to_be_visible()
    button(anna).click()
    keeps(anna, 3)
    anna.get_by_role("button", name="Pause").click()
    anna = closed_and_opened(anna)
    expect(conversation(anna, "Bob")).to_contain_text("Draft: Voice message, 0:0")
    conversation(anna, "Bob").get_by_role("link").click()
    anna.get_by_role("button", name="Send").click()
    expect(played(anna)).to_have_count(1)
    offline.go_online()
    with bob.expect_request(re.compile("/api/files/")) as asked:
        played(bob).click()
    _, content = bob.evaluate(FETCH, asked.value.url)
    path = tmp_path / "voice"
    path.write_bytes(base64.b64decode(content))
    assert 2 < heard(path).seconds < 9, "what was cut off is a whole sound"
    anna.reload()
    expect(button(anna)).to_be_visible()
    expect(played(bob)).to_have_count(1)


def closed_and_opened(page: Page) -> Page:
    """As after a tab was closed, or ended by the system: another page of the same browser, at the list."""
    again = page.context.new_page()
    page.close()
    again.goto(f"{page.url.split('#')[0]}#/")
    return again


def test_without_a_microphone_it_says_what_to_do(phone: PickUp, open_server: RunningServer) -> None:
    anna, _ = two(phone)
    anna.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError')); }"
    )
    button(anna).click()
    expect(anna.get_by_role("alert").filter(has_text="does not let Parley use the microphone")).to_be_visible()
    anna.get_by_role("button", name="Close the hint").click()
    expect(anna.get_by_role("textbox", name="Message")).to_be_visible()


def test_firefox_and_chromium_speak_to_each_other(firefox: Firefox, phone: PickUp, open_server: RunningServer) -> None:
    bob = phone(name="bob").join("Bob")
    tab = join_with_firefox(firefox, open_server, "Anna")
    begin(bob, "Anna")
    tab.click("button", "Record a voice message")
    tab.wait_for("(document.querySelector('[role=timer]')?.textContent ?? '') >= '0:02'")
    tab.click("button", "Send")
    played(bob).click()
    expect(bob.get_by_role("button", name="Pause voice message")).to_be_visible()
    tapped(bob, 2)
    tab.wait_for("document.querySelectorAll('.voice').length === 2")
    with bob.expect_request(re.compile("/api/files/")) as asked:
        played(bob).last.click()
    assert tab.evaluate(f"({LENGTH})('{asked.value.url}')") > 1, "without a sound card it only looks at it"
    assert firefox.complaints() == []


def test_who_goes_to_another_thread_is_not_recorded_on(phone: PickUp, open_server: RunningServer) -> None:
    bob = phone(1280, 800, name="bob").join("Bob")
    begin(bob, "Everyone")
    thread = bob.get_by_role("complementary", name="Thread")
    answers = thread.get_by_role("log", name="Messages").get_by_role("paragraph")
    for question, answer in [("Soup?", "yes"), ("Stew?", "no")]:
        say(bob, question)
        bubble(bob, question).click(button="right")
        bob.get_by_role("menuitem", name="Answer in a thread").click()
        thread.get_by_role("textbox", name="Message").fill(answer)
        thread.get_by_role("button", name="Send").click()
        expect(answers).to_contain_text([answer])
        if question == "Soup?":
            bob.get_by_role("button", name="Close the thread").click()
    thread.get_by_role("button", name="Record a voice message").click()
    speaks(bob)
    bob.get_by_role("main").locator(".message").filter(has_text="Soup?").get_by_role("link", name="1 answer").click()
    expect(answers).to_contain_text(["yes"])
    thread.get_by_role("button", name="Record a voice message").click()
    speaks(bob)
    thread.get_by_role("button", name="Delete the recording").click()
    bob.get_by_role("main").locator(".message").filter(has_text="Stew?").get_by_role("link", name="1 answer").click()
    expect(answers).to_contain_text(["no"])
    expect(thread.get_by_role("button", name="Play voice message")).to_be_visible()  # kept, to be heard and sent


HOLD_FIRST = """async () => {
    const { player } = await import("/state/playing.js");
    document.querySelector(".voice-play").click();
    player.pause();
}"""


def test_in_a_thread_it_goes_on_with_the_next_and_the_bar_leads_back_there(
    phone: PickUp, open_server: RunningServer
) -> None:
    anna, bob = two(phone)
    say(anna, "How was it?")
    bubble(bob, "How was it?").click(button="right")
    bob.get_by_role("menuitem", name="Answer in a thread").click()
    thread = bob.get_by_role("complementary", name="Thread")
    for count in (1, 2):
        thread.get_by_role("button", name="Record a voice message").click()
        speaks(bob)
        thread.get_by_role("button", name="Send").click()
        expect(thread.get_by_role("button", name="Play voice message")).to_have_count(count)
    anna.get_by_role("link", name="2 answers").click()
    fresh = anna.get_by_role("img", name="Not played yet")
    expect(fresh).to_have_count(2)
    played(anna).first.click()
    bar = anna.get_by_role("region", name="Voice message that is playing")
    expect(fresh).to_have_count(0)  # it went on with the second
    anna.evaluate(HOLD_FIRST)
    expect(bar).to_be_hidden()
    anna.get_by_role("button", name="Close the thread").click()
    bar.get_by_role("link", name="Bob").click()
    expect(anna.get_by_role("complementary", name="Thread")).to_be_visible()
    expect(bar).to_be_hidden()
