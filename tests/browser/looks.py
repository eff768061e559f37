"""What a screen must keep to in any language and whichever way it is read."""

from playwright.sync_api import Locator, Page

WORD = """async ([path, given]) => {
  const { strings } = await import("/strings.js");
  const said = path.split(".").reduce((words, key) => words[key], strings);
  return typeof said === "function" ? said(...given) : said;
}"""

# What moves for ever, such as a ring's pulse, is not waited for; and no longer than two seconds for the rest.
STILL = """() => Promise.race([new Promise((done) => setTimeout(done, 2000)), Promise.all(document.getAnimations()
  .filter((one) => one.playState === "running" && one.effect.getComputedTiming().endTime !== Infinity)
  .map((one) => one.finished.catch(() => {})))])"""

# Controls and titles whose own text is cut, what reaches past the screen, and a page that can be pushed sideways. What
# people wrote (dir=auto) may end in dots; what is scrolled on purpose, and what nobody sees, is left out.
FLAWS = """() => {
  const room = document.documentElement.clientWidth;
  const flaws = [];
  const say = (what, one) => flaws.push(`${what}: ${one.localName}.${one.getAttribute("class") ?? ""} ` +
    `${(one.getAttribute("aria-label") ?? one.textContent).trim().slice(0, 40)}`);
  if (document.documentElement.scrollWidth > room) flaws.push("the page is wider than the screen");
  const written = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  for (const one of document.body.querySelectorAll("*")) {
    if (!one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    if (box.width < 2 || style.clipPath !== "none") continue;
    const theirs = one.closest("[dir=auto], textarea, input, option");
    const control = one.matches("button, a, label, legend, h1, h2, h3, [role]");
    if (written(one) && !theirs && style.overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1)
      say("cut", one);
    if (written(one) && !theirs && style.overflowY === "hidden" && one.scrollHeight > one.clientHeight + 3)
      say("cut below", one);
    const aside = one.closest("[popover], .strip, .tray");
    if (control && !aside && (box.left < -1 || box.right > room + 1)) say("past the edge", one);
    if (one.matches(".scroll, .log") && one.scrollWidth > one.clientWidth + 1) say("scrolls sideways", one);
    if (one.matches("svg.points")) {
      const rtl = document.documentElement.dir === "rtl";
      if (rtl !== (style.scale === "-1 1")) say("points the wrong way", one.parentElement);
    }
  }
  return [...new Set(flaws)];
}"""


# Whether what comes has the focus in the frame it is drawn in: a microtask comes before any frame
WATCH_FOCUS = """(selector) => {
  window.focusedAtOnce = new Promise((done) => {
    const watch = new MutationObserver(() => {
      const found = document.querySelector(selector);
      if (!found) return;
      watch.disconnect();
      done(found.contains(document.activeElement));
    });
    watch.observe(document.body, { childList: true, subtree: true });
  });
}"""


def takes_the_focus(page: Page, press: Locator, selector: str) -> bool:
    """Presses this, and says whether what comes up then has the focus from its first frame on."""
    page.evaluate(WATCH_FOCUS, selector)
    press.click()
    return bool(page.evaluate("() => window.focusedAtOnce"))


def word(page: Page, path: str, *given: str | int) -> str:
    """What the catalogue says there in the language of the page, such as `chats.label`, of what is given."""
    said: str = page.evaluate(WORD, [path, given])
    return said


def button(page: Page | Locator, name: str) -> Locator:
    """A button with exactly this name."""
    return page.get_by_role("button", name=name, exact=True)


def flaws(page: Page) -> list[str]:
    """What does not fit, or points the wrong way, on the screen as it stands."""
    page.evaluate(STILL)
    found: list[str] = page.evaluate(FLAWS)
    return found
