/** A new room: who is in it, then what it is called and how it is run. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { MAX_ADDED } from "../protocol/limits.js";
import { everyone, initials } from "../state/people.js";
import { makeRoom } from "../state/rooms.js";
import { strings } from "../strings.js";
import { ChoosePeople } from "./parts/choose-people.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { PictureButtons, RoomRules, RoomWords } from "./parts/room-fields.js";
import { back, conversationHref, goFromForm } from "./parts/route.js";

/** @typedef {import("./parts/room-fields.js").Rules} Rules */

/** @param {{picture: File|null, title: string}} props */
function Face({ picture, title }) {
  const url = useMemo(() => (picture ? URL.createObjectURL(picture) : ""), [picture]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return html`<span class="avatar room huge" data-hue="6">
    ${url ? html`<img src=${url} alt="" width="112" height="112" />` : title.trim() ? html`<span aria-hidden="true">${initials(title)}</span>` : html`<${Icon} name="people" />`}
  </span>`;
}

/** @param {{chosen: string[], choose: (chosen: string[]) => void, next: () => void}} props */
function Who({ chosen, choose, next }) {
  return html`<div class="scroll room-form">
    <h2 class="list-head">${strings.rooms.who}</h2>
    <${ChoosePeople} people=${everyone.value} chosen=${chosen} choose=${choose} />
    <div class="room-foot">
      <span class="hint" role="status">${strings.rooms.chosen(chosen.length)}</span>
      <button type="button" class="button primary" disabled=${chosen.length > MAX_ADDED} onClick=${next}>${strings.rooms.next}</button>
    </div>
  </div>`;
}

/** @param {{members: string[]}} props */
function What({ members }) {
  const [words, setWords] = useState({ title: "", topic: "" });
  const [picture, setPicture] = useState(/** @type {File|null} */ (null));
  const [rules, setRules] = useState(
    /** @type {Rules} */ ({ public: false, announcements: false, history: "start" }),
  );
  const [busy, setBusy] = useState("");
  const [wrong, setWrong] = useState("");
  const make = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    setBusy(strings.rooms.making);
    setWrong("");
    const progress = (/** @type {number} */ part) =>
      setBusy(strings.rooms.uploading(Math.round(part * 100)));
    try {
      const id = await makeRoom({ ...words, ...rules, members }, picture, progress);
      goFromForm(conversationHref(id));
    } catch (error) {
      setWrong(/** @type {Error} */ (error).message);
      setBusy("");
    }
  };
  return html`<form class="scroll room-form words" onSubmit=${make}>
    <div class="picture">
      <${Face} picture=${picture} title=${words.title} />
      <${PictureButtons} has=${picture !== null} choose=${setPicture} remove=${() => setPicture(null)} />
    </div>
    <${RoomWords} words=${words} change=${setWords} />
    <section class="panel">
      <h2>${strings.rooms.rules}</h2>
      <${RoomRules} rules=${rules} change=${(/** @type {Partial<Rules>} */ changes) => setRules({ ...rules, ...changes })} />
    </section>
    ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
    <button type="submit" class="button primary" disabled=${busy !== "" || !words.title.trim()}>${busy || strings.rooms.make}</button>
  </form>`;
}

export function NewRoom() {
  const [step, setStep] = useState(/** @type {"who"|"what"} */ ("who"));
  const [chosen, setChosen] = useState(/** @type {string[]} */ ([]));
  return html`
    <header class="bar">
      <button type="button" class="icon-button" aria-label=${strings.back}
        onClick=${() => (step === "what" ? setStep("who") : back("#/"))}><${Icon} name="back" /></button>
      <h1>${strings.rooms.start}</h1>
    </header>
    ${
      step === "who"
        ? html`<${Who} chosen=${chosen} choose=${setChosen} next=${() => setStep("what")} />`
        : html`<${What} members=${chosen} />`
    }
  `;
}
