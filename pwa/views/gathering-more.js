/** What is not needed every minute of a room's call: for everybody little, for who leads it how the call is run. */

import { doing } from "../state/gathering.js";
import { me } from "../state/session.js";
import { conversationIn } from "../state/world.js";
import { strings } from "../strings.js";
import { seenOf } from "./gathering-picture.js";
import { RIGHTS } from "./gathering-rights.js";
import { CallSwitch } from "./gathering-switch.js";
import { CallIcon } from "./parts/call-icon.js";
import { CallPanel } from "./parts/call-panel.js";
import { pictureInPicture } from "./parts/call-picture.js";
import { html } from "./parts/html.js";

/** @typedef {import("../state/gathering.js").Gathering} Gathering */
/** @typedef {import("../protocol/types.js").GroupCall} GroupCall */

const words = strings.gathering;

/** @param {{name: string, icon: import("./parts/call-icon.js").CallIconName, act: () => void, kind?: string}} props */
function Act({ name, icon, act, kind = "" }) {
  return html`<button type="button" class=${`gathering-act ${kind}`} onClick=${act}><${CallIcon} name=${icon} />${name}</button>`;
}

/** @param {{on: GroupCall}} props */
function Rules({ on }) {
  const turn = (/** @type {GroupCall["rights"][number]} */ right) => (/** @type {boolean} */ may) =>
    doing.change({
      rights: RIGHTS.filter((one) => (one === right ? may : on.rights.includes(one))),
    });
  return html`
    <${CallSwitch} name=${words.locked} hint=${words.lockedHint} on=${on.locked} turn=${(/** @type {boolean} */ locked) => doing.change({ locked })} />
    <${CallSwitch} name=${words.door} hint=${words.doorHint} on=${on.lobby} turn=${(/** @type {boolean} */ lobby) => doing.change({ lobby })} />
    <fieldset class="gathering-rights">
      <legend>${words.rights}</legend>
      ${RIGHTS.map(
        (right) =>
          html`<${CallSwitch} key=${right} name=${words.right[right]} on=${on.rights.includes(right)} turn=${turn(right)} />`,
      )}
    </fieldset>
  `;
}

/** @param {{view: Gathering, close: () => void, endForAll: () => void, open: (panel: import("./gathering.js").Panel) => void}} props `open` another panel in its place */
export function GatheringMore({ view, close, endForAll, open }) {
  const on = conversationIn(view.conversation).value?.gathering;
  const then = (/** @type {() => void} */ act) => () => {
    act();
    close();
  };
  const { canFlip, canShare, sharing, leads, may, asks } = view;
  const mayClose = leads || on?.began === me.value.id;
  const pip = document.pictureInPictureEnabled && seenOf(view).length > 0;
  return html`<${CallPanel} title=${words.more} kind="more" close=${close}>
    ${canFlip && html`<${Act} name=${strings.call.flip} icon="flip" kind="tight" act=${then(() => doing.flip())} />`}
    ${
      canShare &&
      !may.share &&
      html`<${Act} name=${strings.asking[asks.includes("share") ? "back" : "ask"].share} icon="screen" kind="tight"
        act=${then(() => doing.ask("share"))} />`
    }
    ${
      canShare &&
      may.share &&
      html`<${Act} name=${sharing ? strings.call.unshare : strings.call.share} icon=${sharing ? "screen-off" : "screen"} kind="tight"
        act=${then(() => doing.share(!sharing))} />`
    }
    ${pip && html`<${Act} name=${strings.call.pip} icon="picture" act=${then(pictureInPicture)} />`}
    <${Act} name=${strings.gear.title} icon="sliders" act=${() => open("gear")} />
    <${Act} name=${strings.gear.statistics.title} icon="figures" act=${() => open("figures")} />
    ${
      leads &&
      html`
      <${Act} name=${words.silenceAll} icon="microphone-off" act=${then(() => doing.silence(""))} />
      ${on && html`<${Rules} on=${on} />`}`
    }
    ${mayClose && html`<${Act} name=${words.close} icon="end" kind="danger" act=${then(endForAll)} />`}
  <//>`;
}
