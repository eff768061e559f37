/** A voice message in its bubble: play, where it is, how fast, and whether it was played. */

import { isHeard, player, position, speed, stateOf, trackOf } from "../state/playing.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { perLocale } from "./parts/locale.js";
import { length } from "./parts/time.js";
import { lengthOf, Wave } from "./parts/wave.js";

/** @typedef {import("../state/playing.js").Track} Track */
/** @typedef {import("../protocol/types.js").Voice} Voice */

const rates = perLocale((tag) => new Intl.NumberFormat(tag));

/** @param {{track: Track, accent?: boolean}} props */
export function PlayButton({ track, accent = true }) {
  const plays = stateOf(track.key).value === "playing";
  const act = () => (plays ? player.pause() : player.play(track));
  const name = plays ? strings.voice.pausePlaying : strings.voice.play(lengthOf(track.ms));
  return html`<button type="button" class=${accent ? "icon-button accent voice-play" : "icon-button voice-play"} aria-label=${name} onClick=${act}>
    <${Icon} name=${plays ? "pause" : "play"} />
  </button>`;
}

export function SpeedButton() {
  const rate = strings.voice.rate(rates().format(speed.value));
  return html`<button type="button" class="voice-speed" aria-label=${strings.voice.speed(rate)} onClick=${() => player.faster()}>
    <span dir="ltr">${rate}</span>
  </button>`;
}

/** Its bars; a touch begins to play there. @param {{track: Track, voice: Voice}} props */
export function TrackWave({ track, voice }) {
  const state = stateOf(track.key).value;
  const seek = (/** @type {number} */ ms) => {
    if (!state) player.play(track);
    player.seek(ms);
  };
  return html`<${Wave} voice=${voice} at=${state ? position.value : 0} moves=${state === "playing"} seek=${seek} />`;
}

/** How long it is, or how far it is. @param {{track: Track}} props */
export function TrackTime({ track }) {
  const shown = stateOf(track.key).value ? length(position.value / 1000) : lengthOf(track.ms);
  return html`<span class="voice-time">${shown}</span>`;
}

/** @param {{id: string, item: import("../state/messages.js").MessageItem, voice: Voice}} props `id`: of the conversation or thread it stands in */
export function VoiceNote({ id, item, voice }) {
  const track = trackOf(item, id);
  const state = stateOf(track.key).value;
  const fresh = !item.mine && !isHeard(track.file).value;
  return html`<div class=${state ? "voice plays" : "voice"}>
    <${PlayButton} track=${track} />
    <${TrackWave} track=${track} voice=${voice} />
    ${state && html`<${SpeedButton} />`}
    <span class="voice-line">
      <${TrackTime} track=${track} />
      ${fresh && html`<i class="voice-fresh" role="img" aria-label=${strings.voice.fresh}></i>`}
    </span>
    ${
      state === "failed" &&
      html`<p class="voice-failed" role="alert">${strings.voice.failed}
        ${item.files[0].url && html`<a href=${item.files[0].url} download=${item.files[0].name}>${strings.messages.downloadWord}</a>`}
      </p>`
    }
  </div>`;
}
