/** The call as a small window over the chat: to be moved, muted, ended, and made large again with a tap. */

import { tileSize } from "../call/layout.js";
import { person } from "../state/people.js";
import { strings } from "../strings.js";
import { CallClock, CallLine } from "./call-clock.js";
import { EndButton, MuteButton } from "./call-controls.js";
import { showsThem } from "./call-stage.js";
import { statusWords } from "./call-words.js";
import { Avatar } from "./parts/avatar.js";
import { useCorner } from "./parts/call-corner.js";
import { CallVideo } from "./parts/call-video.js";
import { html } from "./parts/html.js";

const INSETS = { top: 68, right: 12, bottom: 84, left: 12 }; // not over the bar, not over the composer
const BAR = 56; // px for the buttons below the picture

/** @param {{call: import("../state/calls.js").CallState, window: import("../call/layout.js").Size, restore: () => void}} props */
export function CallFloat({ call, window, restore }) {
  const who = person(call.person).value;
  const picture = tileSize(window, 4 / 3);
  const tile = { width: Math.max(156, picture.width), height: Math.max(110, picture.height) + BAR };
  const { props, held } = useCorner({
    stage: window,
    tile,
    insets: INSETS,
    first: "top-right",
    tap: restore,
  });
  const { style, ...grip } = props;
  return html`<div class=${held ? "call-float held" : "call-float"} style=${style}>
    <button type="button" class="call-float-picture" aria-label=${strings.call.restore} ...${grip}>
      ${showsThem(call) ? html`<${CallVideo} name="float" stream=${call.remote} />` : html`<span aria-hidden="true"><${Avatar} person=${who} size="large" /></span>`}
    </button>
    <span class="call-float-line" role="status">${statusWords(call) || html`<${CallClock} since=${call.startedAt} /> <${CallLine} call=${call} />`}</span>
    <div class="call-float-bar"><${MuteButton} call=${call} /><${EndButton} /></div>
  </div>`;
}
