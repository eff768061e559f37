/** The first device shows a code: for the new one's camera, and as letters for one that has none. */

import { useEffect, useState } from "preact/hooks";
import { endOffer, makeOffer, offer, secondsLeft } from "../state/pairing.js";
import { strings } from "../strings.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { useObjectUrl } from "./parts/object-url.js";
import { length } from "./parts/time.js";

/** @param {{shown: import("../state/pairing.js").Offer}} props */
function Code({ shown }) {
  const url = useObjectUrl(shown.qr, "image/svg+xml");
  const spaced = `${shown.typed.slice(0, 4)} ${shown.typed.slice(4)}`;
  return html`
    <p>${strings.pairing.hint}</p>
    <img class="qr" src=${url} alt=${strings.pairing.qr} width="240" height="240" />
    <p class="hint">${strings.pairing.left(length(secondsLeft.value))}</p>
    <div class="typed">
      <p class="hint">${strings.pairing.typed}</p>
      <p class="typed-code" dir="ltr">${spaced}</p>
    </div>
  `;
}

/** @param {{shown: import("../state/pairing.js").Offer, again: () => void, close: () => void}} props */
function Ended({ shown, again, close }) {
  const { state, device } = shown;
  const words = state === "added" ? strings.pairing.added(device) : strings.pairing.ends[state];
  return html`
    <p class="pairing-ended" role="status" dir="auto">${state === "added" && html`<${Icon} name="check" />`}${words}</p>
    <div class="actions">
      ${
        state === "added"
          ? html`<button type="button" class="button primary" onClick=${close}>${strings.pairing.done}</button>`
          : html`<button type="button" class="button" onClick=${again}>${strings.pairing.again}</button>`
      }
    </div>
  `;
}

/** @param {{close: () => void}} props */
export function AddDevice({ close }) {
  const [wrong, setWrong] = useState("");
  const again = () => {
    setWrong("");
    makeOffer().catch((error) => setWrong(error.message));
  };
  useEffect(() => {
    again();
    return endOffer;
  }, []);
  const shown = offer.value;
  return html`<${Dialog} label=${strings.pairing.title} close=${close}>
    <div class="card invite pairing">
      <div class="head-line">
        <h2>${strings.pairing.title}</h2>
        <button type="button" class="icon-button" aria-label=${strings.close} onClick=${close}><${Icon} name="close" /></button>
      </div>
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
      ${!shown && !wrong && html`<p class="qr waiting-qr" role="status"><span class="spinner"></span>${strings.pairing.loading}</p>`}
      ${shown?.state === "shown" && html`<${Code} shown=${shown} />`}
      ${shown && shown.state !== "shown" && html`<${Ended} shown=${shown} again=${again} close=${close} />`}
    </div>
  <//>`;
}
