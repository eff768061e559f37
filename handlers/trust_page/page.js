/** The trust page's one script: shows the right steps, watches for the trust to arrive, and opens the app. */
import { carried, isNamed, waitForTrust } from "./arrival.js";
import { areApart } from "./clock.js";
import { browserAdvice, DEVICES, isHandheld, platformOf } from "./platform.js";
import { modulesOf } from "./qr.js";

const ASK_EVERY = 2000; // ms
const GIVE_UP_ASKING = 4000; // ms; a name nobody answers to takes its time
const SECONDS_TO_READ = 4;
const SECONDS_TO_READ_A_NOTE = 10;
const SVG = "http://www.w3.org/2000/svg";
const BORDER = 4; // modules

const fragment = carried(location.hash);
const agent = navigator.userAgent;
const platform = platformOf(agent, navigator.maxTouchPoints);
const device = DEVICES[platform];
const words = JSON.parse(document.body.dataset.words ?? "{}"); // the catalogue's section "script", in the page's language
const origins = (document.body.dataset.origins ?? "").split(" ").filter(Boolean);

/** @param {string} id */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/**
 * @param {string} id
 * @param {string} text hides the element when there is none
 */
function say(id, text) {
  const told = element(id);
  told.textContent = text;
  told.hidden = text === "";
}

/**
 * @param {string} sentence with `{name}` where something is to stand
 * @param {Record<string, string>} given
 */
function filled(sentence, given) {
  return sentence.replace(/\{(\w+)\}/g, (place, name) => given[name] ?? place);
}

/** To the app, and to this page in another language. */
function handOnTheInvitation() {
  for (const link of document.querySelectorAll("a[data-way], a[data-here], a[hreflang]")) {
    if (link instanceof HTMLAnchorElement) link.hash = fragment;
  }
  for (const id of ["qr", "qr-straight"]) {
    if (fragment) drawCode(element(id), `${element(id).dataset.text}${fragment}`);
  }
}

/** Links within the page move the eye and the focus, and leave the address with its invitation alone. */
function keepTheAddress() {
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      goTo(element((link.getAttribute("href") ?? "#").slice(1)));
    });
  }
}

/** @param {HTMLElement} place */
function goTo(place) {
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "start" });
}

/**
 * @param {HTMLElement} place
 * @param {string} text
 */
function drawCode(place, text) {
  const rows = modulesOf(text);
  const size = rows.length + 2 * BORDER;
  const ink = rows.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`M${x + BORDER} ${y + BORDER}h1v1h-1z`] : [])),
  );
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", `0 0 ${size} ${size}`);
  drawing.append(shape(`M0 0h${size}v${size}h-${size}z`, "#fff"), shape(ink.join(""), "#0b1f1d"));
  place.replaceChildren(drawing);
}

/**
 * @param {string} d
 * @param {string} fill
 */
function shape(d, fill) {
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", d);
  path.setAttribute("fill", fill);
  return path;
}

function showTheRightSteps() {
  const choice = document.getElementById("platforms");
  if (choice === null) return;
  const show = (/** @type {string} */ chosen) => {
    for (const steps of document.querySelectorAll("[data-platform]")) {
      if (steps instanceof HTMLElement) steps.hidden = steps.dataset.platform !== chosen;
    }
  };
  for (const input of choice.querySelectorAll("input")) {
    input.checked = input.value === platform;
    input.addEventListener("change", () => show(input.value));
  }
  choice.hidden = false;
  show(platform);
  say("introduce", words.introduce[device]);
  say("browser", words.browser[browserAdvice(agent, platform)] ?? "");
}

async function compareClocks() {
  const answer = await fetch("/trust/clock", { cache: "no-store" });
  const { now } = await answer.json();
  if (!areApart(Date.now(), now)) return;
  const language = document.documentElement.lang;
  const inWords = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });
  const [here, there] = [Date.now(), now].map((at) => inWords.format(at));
  say("clock", filled(words.clock, { here, there }));
}

/**
 * Whether the app answers there. The answer itself stays closed to this page; that it came is enough.
 * @param {string} origin
 */
async function answers(origin) {
  try {
    await fetch(`${origin}/trusted`, {
      mode: "no-cors",
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout(GIVE_UP_ASKING),
    });
    return true;
  } catch {
    return false;
  }
}

/** Until it is time to ask again: soon, or at once when somebody comes back from the settings. */
function pause() {
  return /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      const done = new AbortController();
      const go = () => {
        if (document.hidden) return;
        clearInterval(timer);
        done.abort();
        resolve();
      };
      const timer = setInterval(go, ASK_EVERY);
      document.addEventListener("visibilitychange", go, { signal: done.signal });
    })
  );
}

/** @param {string} origin */
function open(origin) {
  location.replace(`${origin}/${fragment}`);
}

/**
 * Opens the app by itself after a few seconds, unless somebody would rather stay.
 * @param {import("./arrival.js").Arrival} arrival
 */
function offer(arrival) {
  const name = origins.find(isNamed);
  element("door").dataset.state = "open";
  element("door-open").setAttribute("href", `${arrival.origin}/${fragment}`);
  say("door-says", words.worked[device]);
  if (!arrival.named && name !== undefined) {
    say("door-note", filled(words.byAddress, { host: new URL(name).hostname }));
  }
  element("door-buttons").hidden = false;
  if (arrival.atOnce && !isHandheld(platform)) {
    element("door-stay").hidden = true;
    say("door-says", words.trusts[device]);
    return;
  }
  countDown(arrival.named ? SECONDS_TO_READ : SECONDS_TO_READ_A_NOTE, arrival.origin);
}

/**
 * @param {number} seconds
 * @param {string} origin
 */
function countDown(seconds, origin) {
  let left = seconds;
  const button = element("door-open");
  const tell = () => {
    button.textContent = filled(words.openSoon, { seconds: `${left}` });
  };
  tell();
  button.setAttribute("aria-label", words.open);
  const timer = setInterval(() => {
    left -= 1;
    tell();
    if (left <= 0) {
      clearInterval(timer);
      open(origin);
    }
  }, 1000);
  element("door-stay").addEventListener("click", () => {
    clearInterval(timer);
    button.textContent = words.open;
    element("door-stay").hidden = true;
    const compare = document.querySelector("[data-platform]:not([hidden]) .compare");
    if (compare instanceof HTMLElement) goTo(compare);
  });
}

async function watch() {
  if (origins.length === 0) return;
  element("door").hidden = false;
  say("door-says", document.body.dataset.installs === "yes" ? words.waiting : words.looking);
  const arrival = await waitForTrust(origins, answers, pause);
  if (arrival.atOnce && arrival.named && isHandheld(platform)) open(arrival.origin);
  else offer(arrival);
}

showTheRightSteps();
handOnTheInvitation();
keepTheAddress();
watch();
compareClocks().catch(() => console.warn("The server's clock could not be read."));
