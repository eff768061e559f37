/** The trust page's one script: shows the right steps, watches for the trust to arrive, and opens the app. */
import { carried, isNamed, waitForTrust } from "./arrival.js";
import { clockAdvice } from "./clock.js";
import { browserAdvice, isHandheld, NOUNS, platformOf } from "./platform.js";
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

function handOnTheInvitation() {
  for (const link of document.querySelectorAll("a[data-way], a[data-here]")) {
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
  for (const noun of document.querySelectorAll("[data-device]")) noun.textContent = NOUNS[platform];
  say("browser", browserAdvice(agent, platform));
}

async function compareClocks() {
  const answer = await fetch("/trust/clock", { cache: "no-store" });
  const { now } = await answer.json();
  const inWords = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "short" });
  say(
    "clock",
    clockAdvice(Date.now(), now, (at) => inWords.format(at)),
  );
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
  say("door-says", `It worked: ${NOUNS[platform]} trusts Parley.`);
  if (!arrival.named && name !== undefined) {
    const host = new URL(name).hostname;
    say(
      "door-note",
      `${capital(NOUNS[platform])} cannot find ${host} here, so Parley opens by its address. ` +
        "An icon on the home screen may stop working when that address changes: then open this page again.",
    );
  }
  element("door-buttons").hidden = false;
  if (arrival.atOnce && !isHandheld(platform)) {
    element("door-stay").hidden = true;
    say("door-says", `${capital(NOUNS[platform])} trusts Parley.`);
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
    button.textContent = `Open Parley (${left})`;
  };
  tell();
  button.setAttribute("aria-label", "Open Parley");
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
    button.textContent = "Open Parley";
    element("door-stay").hidden = true;
    const compare = document.querySelector("[data-platform]:not([hidden]) .compare");
    if (compare instanceof HTMLElement) goTo(compare);
  });
}

/** @param {string} words */
const capital = (words) => words[0].toUpperCase() + words.slice(1);

async function watch() {
  if (origins.length === 0) return;
  element("door").hidden = false;
  if (document.body.dataset.installs === "yes") say("door-says", "Waiting until you are done");
  else say("door-says", "Looking for Parley");
  const arrival = await waitForTrust(origins, answers, pause);
  if (arrival.atOnce && arrival.named && isHandheld(platform)) open(arrival.origin);
  else offer(arrival);
}

showTheRightSteps();
handOnTheInvitation();
keepTheAddress();
watch();
compareClocks().catch(() => console.warn("The server's clock could not be read."));
