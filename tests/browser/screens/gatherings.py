"""A call of a room, from the button to its end. People and pictures are made up; these follow one another."""

from playwright.sync_api import expect

from tests.browser.gatherings import fake, gather
from tests.browser.screens.rooms import GARDEN
from tests.browser.screens.visit import Catalogue, Visit

SCREENS = Catalogue()


def garden(visit: Visit) -> None:
    """The room that Anna owns."""
    visit.talk(visit.house.rooms[GARDEN])


@SCREENS.screen()
def how_to_begin(visit: Visit) -> None:
    garden(visit)
    visit.press("messages.videoCall")
    visit.sees("gathering.quietHint")


@SCREENS.screen()
def a_look_before_a_call(visit: Visit) -> None:
    visit.top().get_by_role("button", name=visit.word("gear.look")).click()
    visit.button("gear.ring").wait_for()
    visit.page.locator(".trial video").wait_for()
    visit.page.get_by_role("combobox", name=visit.word("gear.camera"), exact=True).wait_for()


@SCREENS.screen()
def a_look_without_a_camera(visit: Visit) -> None:
    visit.press("call.cameraOff")
    visit.press("call.mute")
    visit.sees("gear.cameraIsOff")


@SCREENS.screen()
def a_call_to_join(visit: Visit) -> None:
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("dialog[open]")).to_have_count(0)
    gather(visit.page, 3)
    fake(visit.page, "end()")
    fake(visit.page, "away()")
    visit.button("gathering.joinWithCamera").wait_for()


@SCREENS.screen()
def who_is_in_a_call_to_join(visit: Visit) -> None:
    visit.page.locator("button.gathering-faces").click()
    visit.page.locator("dialog[open] .faces").wait_for()


@SCREENS.screen()
def a_call_on_another_device(visit: Visit) -> None:
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("dialog[open]")).to_have_count(0)
    gather(visit.page, 3)
    fake(visit.page, "end()")
    visit.button("gathering.takeHere").wait_for()


@SCREENS.screen()
def a_call_on_another_device_seen_from_elsewhere(visit: Visit) -> None:
    visit.go("settings")
    visit.talk()
    visit.page.locator(".call-elsewhere").wait_for()


@SCREENS.screen()
def coming_in(visit: Visit) -> None:
    garden(visit)
    gather(visit.page, 3, phase="joining")
    visit.sees("gathering.joining")


@SCREENS.screen()
def in_the_lobby(visit: Visit) -> None:
    fake(visit.page, "set({phase: 'lobby'})")
    visit.sees("gathering.lobby")


@SCREENS.screen()
def a_call_of_three(visit: Visit) -> None:
    fake(visit.page, "set({phase: 'live', knocking: [], cheers: []})")
    fake(visit.page, "seat(1, {speaking: true, floor: {hand: 7}})")
    expect(visit.page.get_by_role("list", name=visit.word("gathering.seats")).get_by_role("listitem")).to_have_count(3)


@SCREENS.screen()
def somebody_knocks(visit: Visit) -> None:
    fake(visit.page, "set({knocking: ['p.kim']})")
    visit.page.locator(".call-note.knock").first.wait_for()
    fake(visit.page, "set({cheers: [{person: 'p.fake0', emoji: '👏', key: 1}]})")


@SCREENS.screen()
def quick_reactions(visit: Visit) -> None:
    fake(visit.page, "set({knocking: [], cheers: []})")
    visit.page.mouse.move(5, 60)
    visit.press("gathering.cheer")
    visit.button("gathering.cheerWith", "👍").wait_for()
    visit.page.keyboard.press("Escape")


@SCREENS.screen()
def people_in_the_call(visit: Visit) -> None:
    visit.press("gathering.people", 3)
    fake(visit.page, "set({knocking: ['p.kim']})")
    visit.top().get_by_role("button", name=visit.word("gathering.options", "Anna")).click()
    visit.button("gathering.putOut").wait_for()


@SCREENS.screen(layer=2)
def more_people_for_a_call_of_a_room(visit: Visit) -> None:
    visit.press("rooms.add")
    visit.dialog().get_by_role("checkbox").first.check()


@SCREENS.screen()
def what_one_may(visit: Visit) -> None:
    visit.page.keyboard.press("Escape")
    visit.page.keyboard.press("Escape")
    fake(visit.page, "set({knocking: []})")
    fake(visit.page, "call({rights: ['write'], granted: {'p.fake0': ['speak']}})")
    fake(visit.page, "seat(2, {floor: {asks: ['share']}})")
    visit.press("gathering.people", 3)
    visit.top().get_by_role("button", name=visit.word("gathering.options", "Anna")).click()
    visit.field("gathering.right.speak", role="switch").wait_for()
    visit.top().get_by_role("button", name=visit.word("asking.allow")).wait_for()


@SCREENS.screen()
def somebody_asks(visit: Visit) -> None:
    visit.page.keyboard.press("Escape")
    fake(visit.page, "seat(1, {floor: {asks: ['speak']}})")
    fake(visit.page, "call({granted: {}})")
    visit.page.locator(".call-note.knock").nth(1).wait_for()


@SCREENS.screen()
def one_asks_oneself(visit: Visit) -> None:
    fake(visit.page, "seat(1, {floor: {asks: []}})")
    fake(visit.page, "seat(2, {floor: {asks: []}})")
    nothing = "{speak: false, show: false, share: false, write: false}"
    fake(visit.page, f"set({{leads: false, may: {nothing}, asks: ['speak'], muted: true, camera: false}})")
    visit.button("asking.back.speak").wait_for()
    visit.button("asking.ask.show").wait_for()
    visit.sees("asking.waits")


@SCREENS.screen()
def one_was_allowed(visit: Visit) -> None:
    everything = "{speak: true, show: true, share: true, write: true}"
    answered = "{right: 'speak', given: true}"
    fake(visit.page, f"set({{leads: true, may: {everything}, asks: [], answered: {answered}}})")
    visit.sees("asking.given.speak")


@SCREENS.screen()
def more_of_the_call(visit: Visit) -> None:
    fake(visit.page, "set({answered: null, muted: false, camera: true})")
    visit.press("gathering.more")
    visit.sees("gathering.lockedHint")


@SCREENS.screen()
def another_camera_in_a_call(visit: Visit) -> None:
    visit.press("gear.title")
    visit.page.get_by_role("meter", name=visit.word("gear.level")).wait_for()


@SCREENS.screen()
def a_call_in_figures(visit: Visit) -> None:
    visit.page.keyboard.press("Escape")
    visit.press("gathering.more")
    visit.press("gear.statistics.title")
    visit.button("gear.statistics.copy").wait_for()


@SCREENS.screen()
def weak_connections(visit: Visit) -> None:
    visit.page.keyboard.press("Escape")
    fake(visit.page, "seat(1, {floor: {line: 'poor'}})")
    fake(visit.page, "set({quality: 'fair', why: 'loss'})")
    visit.sees("gear.ownLine.loss.fair")


@SCREENS.screen()
def speaking_while_muted(visit: Visit) -> None:
    fake(visit.page, "seat(1, {floor: {line: ''}})")
    fake(visit.page, "set({quality: 'good', why: '', muted: true, talking: true})")
    visit.sees("gear.muted")


@SCREENS.screen()
def a_headset_was_pulled_out(visit: Visit) -> None:
    fake(visit.page, "set({muted: false, talking: false})")
    fake(visit.page, "set({swap: {what: 'replaced', device: 'microphone', label: 'Built-in microphone'}})")
    visit.sees("gear.swaps.microphone.replaced", "Built-in microphone")


@SCREENS.screen()
def a_shared_screen(visit: Visit) -> None:
    fake(visit.page, "set({swap: null})")
    fake(visit.page, "share(1)")
    visit.page.get_by_role("img", name=visit.word("gathering.screenOf", "Anna")).wait_for()


@SCREENS.screen()
def a_call_of_four(visit: Visit) -> None:
    fake(visit.page, "end()")
    gather(visit.page, 4)
    fake(visit.page, "seat(1, {speaking: true, floor: {hand: 7}})")
    fake(visit.page, "bright(3)")
    fake(visit.page, "seat(3, {speaking: true})")
    expect(visit.page.locator(".seat:not([data-dark])")).to_have_count(4)


@SCREENS.screen()
def a_shared_screen_in_a_call_of_four(visit: Visit) -> None:
    fake(visit.page, "share(1)")
    visit.page.get_by_role("img", name=visit.word("gathering.screenOf", "Anna")).wait_for()


@SCREENS.screen()
def a_call_of_twelve(visit: Visit) -> None:
    fake(visit.page, "end()")
    gather(visit.page, 12)
    visit.button("gathering.nextPage").wait_for()
    fake(visit.page, "seat(10, {speaking: true})")


@SCREENS.screen()
def a_small_call_of_a_room(visit: Visit) -> None:
    visit.page.mouse.move(5, 60)
    visit.press("call.minimise")
    visit.page.locator(".call-float").wait_for()


@SCREENS.screen()
def a_call_of_a_room_that_ended(visit: Visit) -> None:
    fake(visit.page, "set({phase: 'ended', reason: 'left', seconds: 65, seats: []})")
    visit.button("gathering.again").wait_for()


@SCREENS.screen()
def a_call_of_a_room_rings(visit: Visit) -> None:
    fake(visit.page, "end()")
    fake(visit.page, "call(null)")
    visit.loads_again()
    garden(visit)
    visit.page.evaluate(RINGS, visit.house.rooms[GARDEN])
    visit.button("call.accept").wait_for()


@SCREENS.screen()
def a_call_that_hushes(visit: Visit) -> None:
    visit.loads_again()
    garden(visit)
    gather(visit.page, 2)
    fake(visit.page, "end()")
    visit.page.evaluate(LED_BY_ANOTHER, visit.house.rooms[GARDEN])
    fake(visit.page, "call({rights: []})")
    visit.sees("asking.hushed")


@SCREENS.screen()
def who_was_in_a_call(visit: Visit) -> None:
    visit.loads_again()
    garden(visit)
    visit.page.evaluate(A_CALL, visit.house.rooms[GARDEN])
    visit.button("attendance.title").click()
    visit.link("attendance.download").wait_for()


LED_BY_ANOTHER = """async (id) => {
    const { change } = await import("/state/world.js");
    change((now) => {
        const row = now.conversations[id];
        const room = { ...row.room, owner: "p.fake0", moderators: [] };
        return { ...now, conversations: { ...now.conversations, [id]: { ...row, room } } };
    });
}"""

A_CALL = """async (conversation) => {
    const { ask } = await import("/state/connection.js");
    const { newId, newNonce } = await import("/protocol/ids.js");
    const call = newId("c");
    await ask("call.open", { conversation, call, video: false, nonce: newNonce() });
    await ask("call.close", { conversation, call, nonce: newNonce() });
}"""

RINGS = """async (id) => {
    const { change } = await import("/state/world.js");
    const people = { "p.fake0": { id: "p.fake0", name: "Anna", about: "", avatar: "", host: false, removed: false } };
    const gathering = { call: "crings", began: "p.fake0", seq: 1, at: Date.now(), video: true, ring: true,
        rights: [], granted: {}, admitted: [], barred: [], called: [], locked: false, lobby: false, attendees: [] };
    change((now) => ({ ...now, people: { ...now.people, ...people }, conversations: { ...now.conversations,
        [id]: { ...now.conversations[id], gathering } } }));
}"""
