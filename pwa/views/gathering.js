/** The call of a room, over everything else: on the whole screen, or small beside the chat. */

import { useEffect, useRef, useState } from "preact/hooks";
import { doing, elsewhereInRoom, gathering, leaveRoom, ringingRoom } from "../state/gathering.js";
import { person } from "../state/people.js";
import { minimised, newsOf, pinned } from "../state/stage.js";
import { strings } from "../strings.js";
import { AddToGathering } from "./call-adding.js";
import { WaitsBeside } from "./call-waits.js";
import { asksOf } from "./gathering-asks.js";
import { useCalled } from "./gathering-called.js";
import { GatheringFloat } from "./gathering-float.js";
import { RoomIncoming } from "./gathering-incoming.js";
import { GatheringPicture } from "./gathering-picture.js";
import { GatheringScreen } from "./gathering-screen.js";
import { GatheringSound } from "./gathering-sound.js";
import { useCallDialog, useWindow } from "./parts/call-window.js";
import { Confirm } from "./parts/confirm.js";
import { html } from "./parts/html.js";
import { later } from "./parts/later.js";
import { nameOfRoom } from "./parts/room.js";
import { main, place } from "./parts/route.js";
import { wide } from "./parts/wide.js";

/** @typedef {import("../state/gathering.js").Gathering} Gathering */
/** @typedef {""|"people"|"more"|"cheer"|"gear"|"figures"} Panel what is open beside the pictures */

const words = strings.gathering;
const AttendanceLayer = later(
  async () => (await import("./attendance.js")).AttendanceLayer,
  "attendance",
);
/** @type {string[]} */
const NOBODY = [];

export function GatheringLayer() {
  const now = gathering.value;
  const rings = ringingRoom.value;
  return html`
    ${rings && html`<${RoomIncoming} key=${rings.call} rings=${rings} />`}
    ${!rings && (now ? html`<${Ours} key=${now.call} view=${now} />` : html`<${Elsewhere} />`)}
    <${AttendanceLayer} />
  `;
}

/** A call of one's own that is not here, unless the room's own bar says so. */
function Elsewhere() {
  const one = elsewhereInRoom.value;
  const { name, id } = main.value;
  const inFront = wide.value || place.value.pane === "main";
  if (!one || (inFront && name === "conversation" && id === one.conversation)) return null;
  const room = nameOfRoom(one.conversation);
  return html`<div class="call-elsewhere" role="status">
    <span>${one.here ? words.stillOpen(room) : words.elsewhere(room)}</span>
    <button type="button" class="button" onClick=${() => doing.start(one.conversation, { video: false })}>${one.here ? strings.call.rejoin : words.takeHere}</button>
  </div>`;
}

/** @param {{view: Gathering}} props */
function Ours({ view }) {
  const [panel, setPanel] = useState(/** @type {Panel} */ (""));
  const [closing, setClosing] = useState(false);
  const [adding, setAdding] = useState(false);
  const over = view.phase === "ended";
  const large = !minimised.value || over;
  const around = useWindow();
  const called = useCalled(view);
  useEffect(
    () => () => {
      pinned.value = "";
      minimised.value = false;
    },
    [],
  );
  const minimise = () => {
    setPanel("");
    minimised.value = true;
  };
  const back = () => {
    if (over) doing.dismiss();
    else if (panel) setPanel("");
    else minimise();
  };
  const dialog = useCallDialog(large, back, panel);
  const end = async () => doing.close();
  return html`
    <dialog ...${dialog} class=${large ? "call" : "call small"} aria-label=${words.with(nameOfRoom(view.conversation))}>
      <${GatheringSound} seats=${view.seats} />
      ${!over && html`<${GatheringPicture} view=${view} />`}
      <${News} seats=${view.seats} knocking=${view.leads ? view.knocking : NOBODY} asks=${asksOf(view)} />
      ${
        large
          ? html`<${GatheringScreen} view=${view} minimise=${minimise} panel=${panel} open=${setPanel} endForAll=${() => setClosing(true)} add=${() => setAdding(true)} called=${called} />`
          : html`<${GatheringFloat} view=${view} window=${around} /><${WaitsBeside} leave=${leaveRoom} room />`
      }
    </dialog>
    ${adding && !over && html`<${AddToGathering} view=${view} close=${() => setAdding(false)} />`}
    ${
      closing &&
      !over &&
      html`<${Confirm} title=${words.closeTitle} text=${words.closeText} action=${words.close} act=${end} close=${() => setClosing(false)} />`
    }
  `;
}

/** Who came, went, raised a hand, knocks or asks, for readers of screens. @param {Pick<Gathering, "seats"|"knocking"> & {asks: import("./gathering-asks.js").Ask[]}} props */
function News({ seats, knocking, asks }) {
  const before = useRef({ seats, knocking, asks });
  const [said, setSaid] = useState("");
  useEffect(() => {
    const was = before.current;
    before.current = { seats, knocking, asks };
    const nameOf = (/** @type {string} */ id) => person(id).peek().name;
    const news = newsOf(was.seats, seats).map((one) => words[one.what](nameOf(one.person)));
    const knocks = knocking.filter((one) => !was.knocking.includes(one));
    const wants = asks
      .filter((one) => !was.asks.some((old) => isSame(old, one)))
      .map((one) => strings.asking.wants[one.right](nameOf(one.person)));
    const lines = [...news, ...knocks.map((one) => words.knocks(nameOf(one))), ...wants];
    if (lines.length) setSaid(lines.join(" · "));
  }, [seats, knocking, asks]);
  return html`<p class="unseen" role="status">${said}</p>`;
}

/** @param {import("./gathering-asks.js").Ask} one @param {import("./gathering-asks.js").Ask} other */
const isSame = (one, other) => one.person === other.person && one.right === other.right;
