"""The call of a room as it is seen: how many there are, what is large, who waits, and all of it by keyboard."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.firefox import until
from tests.browser.gatherings import asked, asks, fake, gather, here
from tests.browser.looks import STILL, button, flaws, takes_the_focus
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_rooms import make_room

PickUp = Callable[..., Phone]


LOUD = "[...document.querySelectorAll('dialog.call audio')].map(({ volume }) => volume)"


def room(phone: PickUp, width: int = 1280, height: int = 800, **more: bool) -> Page:
    """Somebody in a room of their own."""
    page = phone(width, height, name="ada", **more).join("Ada")
    make_room(page, "Garden")
    return page


def seats(page: Page) -> Locator:
    """The pictures, in order."""
    return page.get_by_role("list", name="People in the call").get_by_role("listitem")


def call(page: Page) -> Locator:
    """The call's window."""
    return page.get_by_role("dialog", name="Call in Garden")


def press_until(page: Page, key: str, name: str) -> None:
    """Walks on by Tab until the button of this name has the focus."""
    for _ in range(40):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == name:
            return
    raise AssertionError(f"{key} does not lead to {name}")


def somebody_is_large(page: Page) -> None:
    """Who is pinned, who spoke last, or a screen."""
    button(call(page), "Ben, muted, make large").press("Enter")
    large = page.locator(".seat[data-large]")
    expect(large).to_contain_text("Ben")
    button(call(page), "Ben, muted, make small again").click()
    expect(large).to_have_count(0)
    button(call(page), "Show who speaks large").click()
    fake(page, "seat(1, {speaking: true})")
    expect(large).to_contain_text("Anna")
    expect(button(call(page), "Anna, speaking, keep large")).to_be_visible()
    fake(page, "seat(1, {speaking: false})")
    expect(large).to_contain_text("Anna")  # silence changes nothing
    fake(page, "share(2)")
    screen = page.get_by_role("img", name="Screen of Ben")
    expect(screen).to_be_visible()
    expect(button(call(page), "Show everybody alike")).to_be_hidden()
    assert violations(page) == []
    screen.focus()
    page.keyboard.press("+")
    zoomed = re.compile(r"scale\(1\.5\)")
    expect(screen.locator("video")).to_have_attribute("style", zoomed)
    page.keyboard.press("0")
    expect(screen.locator("video")).not_to_have_attribute("style", zoomed)
    fake(page, "seat(2, {floor: {sharing: false}, screen: null})")
    button(call(page), "Show everybody alike").click()
    expect(large).to_have_count(0)


def somebody_leads(page: Page) -> None:
    """Lets in, mutes, puts out, locks, and ends it for all."""
    fake(page, "seat(3, {floor: {hand: 7}})")
    fake(page, "set({knocking: ['p.kim']})")
    call(page).get_by_role("button", name="Let in").click()
    asks(page, "admit", ["p.kim", True])
    button(call(page), "People in the call, 4").click()
    panel = page.get_by_role("group", name="In the call")
    expect(panel.get_by_role("list", name="Waiting to come in").get_by_role("listitem")).to_have_count(1)
    first = panel.get_by_role("list", name="In the call").get_by_role("listitem").first
    expect(first).to_contain_text("Clara")
    expect(first).to_contain_text("hand raised, number 1")
    panel.get_by_role("button", name="Options for Anna").click()
    panel.get_by_role("slider", name="How loud Anna is here").fill("40")
    assert page.evaluate("localStorage.getItem('parley.call-volumes')") == '{"p.fake0":0.4}'
    until(lambda: page.evaluate(LOUD) == [0.4, 1, 1], "only Anna is less loud than Ben and Clara")
    button(panel, "Mute").click()
    button(panel, "Put out of the call").click()
    asks(page, "silence", ["p.fake0"])
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    button(call(page), "More").click()
    page.get_by_role("switch", name="Lock the call").click()
    page.get_by_role("switch", name="share a screen").click()
    asks(page, "change", [{"locked": True}], [{"rights": ["speak", "show", "write"]}])
    assert violations(page) == []
    button(call(page), "End the call for everybody").click()
    button(page.get_by_role("dialog", name="End the call for everybody?"), "End the call for everybody").click()
    asks(page, "close", [])


def led_by_keyboard(page: Page) -> None:
    """From its letters to the small window beside the chat."""
    gather(page, 3)
    expect(call(page)).to_be_visible()
    for key, name, given in (("m", "mute", True), ("v", "turnCamera", False), ("h", "raise", True)):
        page.keyboard.press(key)
        asks(page, name, [given])
    press_until(page, "Tab", "React")
    page.keyboard.press("Enter")
    expect(button(page, "React with 👍")).to_be_focused()
    page.keyboard.press("Enter")
    asks(page, "cheer", ["👍"])
    page.keyboard.press("Escape")
    expect(button(page, "React")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button(page, "Back to the call").last).to_be_visible()
    page.get_by_role("textbox", name="Message").press_sequentially("hm")  # keys are letters again
    expect(page.get_by_role("textbox", name="Message")).to_have_value("hm")
    assert asked(page, "raise") == asked(page, "mute") == []
    button(call(page), "Back to the call").click()
    expect(seats(page)).to_have_count(3)
    fake(page, "set({seats: []})")
    expect(page.get_by_text("Anna left the call")).to_be_attached()
    button(call(page), "Leave the call").click()
    asks(page, "leave", [])


def shows(page: Page, *keys: str) -> None:
    """Waits until the last that was said to be seen, since this was asked before, is these pictures."""
    until(lambda: [set(heights) for (heights,) in asked(page, "show")[-1:]] == [set(keys)], f"{keys} are seen")


def fits(page: Page, count: int, width: int, height: int) -> None:
    """All of a page of faces is on the screen, and the others are told who is seen."""
    gather(page, count)
    expect(seats(page)).to_have_count(min(count, 9))
    for box in [one.bounding_box() for one in seats(page).all()]:
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
    seen = [at for at in range(1, min(count, 9)) if at % 4 != 3]
    shows(page, *(f"d{at} camera" for at in seen))  # neither oneself nor who sends no picture


def test_every_number_of_people_fits_and_further_ones_are_a_page_away(phone: PickUp, server: RunningServer) -> None:
    page = room(phone)
    for width, height in ((360, 740), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        for count in (1, 2, 4, 9, 12):
            fits(page, count, width, height)
            if count == 9:
                assert flaws(page) == []
            if count < 12:
                fake(page, "end()")
    assert violations(page) == []
    page.keyboard.press("ArrowRight")
    expect(seats(page)).to_have_count(3)
    shows(page, "d9 camera", "d10 camera")  # the twelfth has no picture
    fake(page, "seat(1, {speaking: true})")
    expect(page.get_by_text("Anna is speaking")).to_be_visible()
    button(call(page), "Previous page").click()
    expect(seats(page)).to_have_count(9)
    expect(page.get_by_text("Anna is speaking")).to_be_hidden()
    expect(button(call(page), "Anna, speaking, make large")).to_be_visible()


def test_who_is_large_and_who_leads(phone: PickUp, server: RunningServer) -> None:
    page = room(phone)
    gather(page, 4)
    somebody_is_large(page)
    somebody_leads(page)
    fake(page, "set({leads: false, knocking: ['p.kim']})")
    button(call(page), "More").click()
    expect(call(page).get_by_role("button", name="Let in")).to_have_count(0)
    expect(page.get_by_role("group", name="More")).to_be_visible()
    expect(page.get_by_role("switch")).to_have_count(0)
    expect(button(page, "End the call for everybody")).to_be_visible()  # who began it may
    fake(page, "call({began: 'p.fake0'})")
    expect(button(page, "End the call for everybody")).to_have_count(0)


def test_by_keyboard_and_from_the_room_it_is_in(phone: PickUp, server: RunningServer) -> None:
    page = room(phone)
    led_by_keyboard(page)
    fake(page, "end()")
    page.set_viewport_size({"width": 360, "height": 740})
    gather(page, 3, phase="ended", reason="out")
    expect(page.get_by_text("You were put out of this call.")).to_be_visible()
    expect(button(page, "Join again")).to_have_count(0)
    fake(page, "set({reason: 'elsewhere', seconds: 65})")
    expect(page.get_by_text("You are in this call on another of your devices now.")).to_be_visible()
    expect(page.get_by_text("1:05", exact=True)).to_be_visible()
    expect(button(page, "Join again")).to_be_visible()
    fake(page, "set({phase: 'lobby'})")
    expect(page.get_by_text("Somebody in the call has to let you in.")).to_be_visible()
    fake(page, "end()")
    page.evaluate(NOBODY)
    fake(page, "away()")
    bar = page.get_by_role("region", name="A call is on")
    expect(bar).to_contain_text("2 in the call")
    faces = button(bar, "2 in the call: Anna and Ben")
    expect(faces).to_have_attribute("title", "Anna and Ben")
    faces.click()
    names = page.get_by_role("dialog", name="In the call")
    expect(names.get_by_role("listitem")).to_have_text(["AAnna", "BBen"])  # each with the letter of their picture
    assert violations(page) == []
    button(names, "Close").click()
    button(bar, "Join").click()
    button(bar, "Join with camera").click()
    asks(page, "start", [here(page), {"video": False}], [here(page), {"video": True}])
    assert violations(page) == []
    fake(page, "call({locked: true, began: 'p.fake0'})")
    expect(bar).to_contain_text("locked")
    fake(page, "call(null)")
    expect(bar).to_be_hidden()
    button(page, "Video call").click()
    page.get_by_role("button", name="Open quietly").click()
    asks(page, "start", [here(page), {"video": True, "ring": False}])


# Nobody is in a call on this page, and what is asked for is still written down
NOBODY = """async () => {
  const { signal } = await import("@preact/signals-core");
  const { gatheringDesk } = await import("/state/gathering.js");
  const actions = new Proxy({}, { get: (_, name) => (...given) => window.asked.push([name, ...given]) });
  gatheringDesk.value = { view: signal(null), actions };
}"""


def test_everybodys_seat_is_there_while_one_joins_and_stays(open_server: RunningServer, phone: PickUp) -> None:
    page = room(phone)
    gather(page, 3, phase="joining")
    expect(seats(page)).to_have_count(3)
    expect(call(page).get_by_role("status").filter(has_text="Joining")).to_be_visible()
    shows(page, "d1 camera", "d2 camera")
    expect(page.locator(".seat:not([data-dark]) video")).to_have_count(3)
    page.evaluate("() => { window.before = [...document.querySelectorAll('.seat video')]; }")
    fake(page, "set({ phase: 'live' })")
    expect(button(call(page), "Raise hand")).to_be_visible()
    assert page.evaluate("[...document.querySelectorAll('.seat video')].every((one, at) => one === window.before[at])")
    assert asked(page, "show") == []


def test_a_face_stays_until_the_first_picture_is_there(open_server: RunningServer, phone: PickUp) -> None:
    page = room(phone)
    gather(page, 2)
    face = seats(page).nth(1).locator(".seat-face")
    expect(page.locator(".seat:not([data-dark]) video")).to_have_count(2)
    expect(face).to_have_count(0)
    fake(page, "seat(1, { camera: new MediaStream() })")
    expect(face).to_have_count(1)


SOUNDS = "() => [...document.querySelectorAll('.call audio')].map((one) => [one.volume, one.srcObject?.id])"


def test_a_shared_screen_is_heard_beside_the_voice_and_as_loud(open_server: RunningServer, phone: PickUp) -> None:
    page = room(phone)
    gather(page, 3)
    expect(page.locator(".call audio")).to_have_count(2)
    fake(page, "share(1)")
    fake(page, "seat(1, { screenSound: new MediaStream() })")
    fake(page, "seat(0, { screenSound: new MediaStream() })")  # one's own is not played back
    expect(page.locator(".call audio")).to_have_count(3)
    page.evaluate("async () => (await import('/state/stage.js')).setVolume('p.fake0', 0.4)")
    until(lambda: [volume for volume, _ in page.evaluate(SOUNDS)] == [0.4, 0.4, 1], "both of Anna's as loud")
    screen = page.evaluate(SOUND_OF_THE_SCREEN)
    until(lambda: page.evaluate(SOUNDS)[1][1] == screen, "the sound of her screen is played")
    fake(page, "seat(1, { screenSound: null })")
    expect(page.locator(".call audio")).to_have_count(2)


SOUND_OF_THE_SCREEN = """async () =>
    (await import("/state/gathering.js")).gathering.value.seats[1].screenSound.id"""
HIDDEN = "async (now) => { (await import('/state/screen.js')).visible.value = !now; }"


def test_nobody_is_told_that_nothing_is_seen_while_the_page_is(open_server: RunningServer, phone: PickUp) -> None:
    page = room(phone)
    gather(page, 3)
    expect(seats(page)).to_have_count(3)
    button(call(page), "Minimise").click()
    button(call(page), "Back to the call").click()
    expect(seats(page)).to_have_count(3)
    told: list[list[str]] = []

    def both_again() -> bool:
        told.extend(sorted(heights) for (heights,) in asked(page, "show"))
        return len(told) > 2

    until(both_again, "who is seen, told three times")
    assert told == [["d1 camera", "d2 camera"], ["d1 camera"], ["d1 camera", "d2 camera"]]


def test_what_nobody_sees_is_not_sent(open_server: RunningServer, phone: PickUp) -> None:
    page = room(phone)
    gather(page, 3)
    expect(seats(page)).to_have_count(3)
    shows(page, "d1 camera", "d2 camera")
    page.evaluate(HIDDEN, True)
    until(lambda: asked(page, "show") == [[{}]], "nothing while it is hidden")
    page.evaluate(HIDDEN, False)
    shows(page, "d1 camera", "d2 camera")


def test_escape_again_and_again_loses_no_call(open_server: RunningServer, phone: PickUp) -> None:
    page = room(phone)
    gather(page, 3)
    for name in ("More", "People in the call, 3") * 2:
        button(call(page), name).click()
        expect(page.locator(".gathering-panel")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".gathering-panel")).to_have_count(0)
        expect(button(call(page), "Leave the call")).to_be_visible()
    page.keyboard.press("Escape")
    expect(button(call(page), "Back to the call")).to_be_visible()
    page.keyboard.press("Escape")
    expect(button(call(page), "Back to the call")).to_be_visible()


def test_a_note_of_the_call_covers_no_raised_hand(open_server: RunningServer, phone: PickUp) -> None:
    page = room(phone, 360, 740)
    gather(page, 4, quality="poor", why="loss")
    fake(page, "seat(1, { floor: { hand: 5 } })")
    note, hand = page.locator(".call-note").first, page.locator(".seat-hand").first
    button(page, "Show who speaks large").click()
    expect(button(page, "Show everybody alike")).to_be_visible()
    page.evaluate(STILL)
    boxes = [one.bounding_box() for one in (note, hand)]
    above, below = [box for box in boxes if box]
    assert above["y"] + above["height"] < below["y"]


CAMERA = """async () => {
  const { present } = await import("/state/gear.js");
  present.value = { ...present.peek(), camera: [{ id: "c1", label: "Built in" }] };
}"""


def test_the_keys_of_the_call_are_letters_in_a_list_of_devices(open_server: RunningServer, phone: PickUp) -> None:
    page = room(phone)
    gather(page, 2)
    button(call(page), "More").click()
    button(page.get_by_role("group", name="More"), "Camera and microphone").click()
    page.evaluate(CAMERA)
    camera = page.get_by_role("combobox", name="Camera")
    expect(camera).to_be_enabled()
    camera.focus()
    for key in ("m", "v", "h"):
        page.keyboard.press(key)
    assert [asked(page, name) for name in ("mute", "turnCamera", "raise")] == [[], [], []]
    button(call(page), "More").focus()
    page.keyboard.press("m")
    asks(page, "mute", [True])


def test_what_opens_beside_the_pictures_has_the_focus_from_its_first_frame_on(
    open_server: RunningServer, phone: PickUp
) -> None:
    page = room(phone)
    gather(page, 2)
    for name, selector in (("More", ".gathering-panel"), ("React", ".gathering-quick")):
        assert takes_the_focus(page, button(call(page), name), selector), name


# On an iPhone an element is always as loud as the device.
FIXED = """Object.defineProperty(HTMLMediaElement.prototype, "volume", { get: () => 1, set: () => {} });"""


def test_where_the_device_alone_says_how_loud_it_is_there_is_nothing_to_set(
    open_server: RunningServer, phone: PickUp
) -> None:
    device = phone(360, 740, name="ada")
    device.context.add_init_script(FIXED)
    page = device.join("Ada")
    make_room(page, "Garden")
    gather(page, 3)
    button(call(page), "People in the call, 3").click()
    panel = page.get_by_role("group", name="In the call")
    panel.get_by_role("button", name="Options for Anna").click()
    expect(button(panel, "Put out of the call")).to_be_visible()
    expect(panel.get_by_role("slider")).to_have_count(0)
    fake(page, "set({leads: false})")
    expect(panel.get_by_role("button", name="Options for Anna")).to_have_count(0)  # there are none
    expect(panel.get_by_role("listitem").filter(has_text="Anna")).to_be_visible()
