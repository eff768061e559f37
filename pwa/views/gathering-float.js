/** A room's call as a small window over the chat: the screen, or who speaks; muted, left, or made large again with a tap. */

import { tileSize } from "../call/layout.js";
import { person } from "../state/people.js";
import { largeOf, minimised, picturesOf, pinned } from "../state/stage.js";
import { strings } from "../strings.js";
import { CallClock } from "./call-clock.js";
import { LeaveGathering, MuteGathering } from "./gathering-controls.js";
import { nameOf, streamOf } from "./gathering-seat.js";
import { heightsOf, useShow } from "./gathering-shown.js";
import { useSpoke } from "./gathering-stage.js";
import { Avatar } from "./parts/avatar.js";
import { useCorner } from "./parts/call-corner.js";
import { CallVideo } from "./parts/call-video.js";
import { html } from "./parts/html.js";

const INSETS = { top: 132, right: 12, bottom: 84, left: 12 }; // not over the bars above, not over the composer
const LOW = 480; // px: on a phone held sideways the bars' buttons are at the end of the line
const BAR = 56; // px for the buttons below the picture

/** @param {{view: import("../state/gathering.js").Gathering, window: import("../call/layout.js").Size}} props */
export function GatheringFloat({ view, window }) {
  const spoke = useSpoke(view.seats);
  const pictures = picturesOf(view.seats);
  const picture =
    largeOf(pictures, { pinned: pinned.value, arrangement: "speaker", spoke }) ?? pictures[0];
  const size = tileSize(window, 4 / 3);
  const tile = { width: Math.max(156, size.width), height: Math.max(110, size.height) + BAR };
  const place = { x: 0, y: 0, width: tile.width, height: tile.height - BAR };
  useShow(picture ? heightsOf([{ picture, place, large: true }]) : {});
  const restore = () => {
    minimised.value = false;
  };
  const { props, held } = useCorner({
    stage: window,
    tile,
    insets: INSETS,
    first: window.height < LOW ? "bottom-left" : "top-right",
    tap: restore,
  });
  const { style, ...grip } = props;
  const stream = picture ? streamOf(view, picture) : null;
  const words = {
    joining: strings.gathering.joining,
    lobby: strings.gathering.lobby,
    live: "",
    ended: "",
  };
  const line = { ...words, reconnecting: strings.call.reconnecting }[view.phase];
  return html`<div class=${held ? "call-float held" : "call-float"} style=${style}>
    <button type="button" class="call-float-picture" aria-label=${strings.call.restore} ...${grip}>
      ${
        stream
          ? html`<${CallVideo} name="float" stream=${stream} screen=${picture.source === "screen"} stage=${place} mirrored=${picture.seat.mine && view.mirrored} />`
          : picture &&
            html`<span aria-hidden="true"><${Avatar} person=${person(picture.seat.person).value} size="large" /></span>`
      }
    </button>
    <span class="call-float-line" role="status">
      ${line || html`${picture && html`<bdi class="call-float-name">${nameOf(picture)}</bdi> · `}<${CallClock} since=${view.startedAt} />`}
    </span>
    <div class="call-float-bar"><${MuteGathering} view=${view} /><${LeaveGathering} /></div>
  </div>`;
}
