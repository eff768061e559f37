/** The app: shows what the cache has, connects, and follows what the browser tells. */

import "@preact/signals";
import { effect } from "@preact/signals-core";
import { render } from "preact";
import { pageTitle, unreadTotal } from "./state/badges.js";
import { nudge, setVisible, start } from "./state/start.js";
import { followIdle, touched } from "./state/status.js";
import { registerWorker } from "./state/updates.js";
import { App } from "./views/app.js";
import { joinByCode } from "./views/join.js";
import { followLeaving } from "./views/parts/afresh.js";
import { followFavicon } from "./views/parts/favicon.js";
import { html } from "./views/parts/html.js";
import { followInstall } from "./views/parts/install-offer.js";
import { followLanguage } from "./views/parts/language.js";
import { fetchRest, insist } from "./views/parts/later.js";
import { followRoute } from "./views/parts/route.js";
import { unlockSound } from "./views/parts/sound.js";
import { followTheme } from "./views/parts/theme.js";
import { followKeyboard } from "./views/parts/viewport.js";

/** Page events that mean "look at the line now". @param {AbortSignal} signal */
function followPage(signal) {
  const look = () => {
    const visible = document.visibilityState === "visible";
    setVisible(visible);
    if (visible) {
      nudge();
      touched();
    }
  };
  document.addEventListener("visibilitychange", look, { signal });
  window.addEventListener("pageshow", look, { signal });
  for (const change of ["online", "offline"]) window.addEventListener(change, nudge, { signal });
  setVisible(document.visibilityState === "visible");
}

/** Whether anybody has a hand on this device. @param {AbortSignal} signal */
function followHands(signal) {
  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"])
    window.addEventListener(kind, touched, { signal, capture: true, passive: true });
  followIdle();
}

/** Unread messages in the title and, where the platform has it, on the app's icon. */
function followBadges() {
  effect(() => {
    document.title = pageTitle.value;
  });
  effect(() => {
    const unread = unreadTotal.value;
    const told = unread ? navigator.setAppBadge?.(unread) : navigator.clearAppBadge?.();
    told?.catch(() => {}); // not installed: there is no icon to carry it
  });
}

/** The browser is done with the first screen: what comes now is in nobody's way. @returns {Promise<void>} */
function loaded() {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((done) => window.addEventListener("load", () => done(), { once: true }));
}

const page = new AbortController(); // the page's whole life: nothing ends it but leaving
followTheme();
followKeyboard(page.signal);
followRoute(page.signal);
followInstall(page.signal);
followPage(page.signal);
followHands(page.signal);
unlockSound(page.signal);
followBadges();
followFavicon();
followLeaving();
await followLanguage();
render(html`<${App} />`, /** @type {HTMLElement} */ (document.getElementById("app")));
await start();
await joinByCode();
await registerWorker();
await loaded();
await fetchRest();
(await insist(() => import("./views/parts/tips.js"))).followTips(page.signal);
(await insist(() => import("./views/parts/notice.js"))).followMessages();
(await insist(() => import("./views/parts/push.js"))).followPush(page.signal);
await (await insist(() => import("./views/rehearsal.js"))).rehearse();
