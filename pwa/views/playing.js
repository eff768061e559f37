/** The voice message that plays while one is elsewhere in the chat: a small bar at the top. */

import { useEffect } from "preact/hooks";
import { beginPlaying } from "../call/player.js";
import { outbox } from "../state/outbox.js";
import { person } from "../state/people.js";
import { player, playing, position } from "../state/playing.js";
import { followVoices, hasUnsent } from "../state/voice.js";
import { strings } from "../strings.js";
import { isShown } from "./parts/going.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { addressHref } from "./parts/route.js";
import { length } from "./parts/time.js";
import { lengthOf } from "./parts/wave.js";
import { PlayButton, SpeedButton } from "./voice-note.js";

/** The browser asks before a recording or a message is lost with the page. @param {BeforeUnloadEvent} event */
function hold(event) {
  if (!hasUnsent() && !outbox.hasUnkept) return;
  event.preventDefault();
  event.returnValue = true; // Chrome before 119
}

function useVoicesOfPage() {
  useEffect(() => {
    const until = new AbortController();
    beginPlaying(until.signal);
    const stop = followVoices();
    window.addEventListener("beforeunload", hold, { signal: until.signal });
    return () => {
      until.abort();
      stop();
    };
  }, []);
}

function Place() {
  return html`<span><bdi dir="ltr">${length(position.value / 1000)} / ${lengthOf(playing.value?.ms ?? 0)}</bdi></span>`;
}

/** In its own conversation or thread the bubble has all of this. */
export function NowPlaying() {
  useVoicesOfPage();
  const now = playing.value;
  if (!now || isShown(now.conversation)) return null;
  return html`<section class="playing" aria-label=${strings.voice.bar}>
    <${PlayButton} track=${now} />
    <a class="playing-what" href=${addressHref(now.conversation)}>
      <strong dir="auto">${now.author ? person(now.author).value.name : strings.voice.own}</strong>
      <${Place} />
    </a>
    <${SpeedButton} />
    <button type="button" class="icon-button" aria-label=${strings.voice.close} onClick=${() => player.stop()}>
      <${Icon} name="close" />
    </button>
  </section>`;
}
