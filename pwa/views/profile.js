/** One's own card, as others see it. */

import { useRef, useState } from "preact/hooks";
import { changeAvatar, changeProfile, removeAvatar } from "../state/people.js";
import { me } from "../state/session.js";
import { strings } from "../strings.js";
import { Avatar } from "./parts/avatar.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { later } from "./parts/later.js";
import { back } from "./parts/route.js";

const Crop = later(async () => (await import("./crop.js")).Crop, "crop");

const MAX_NAME = 40; // characters, protocol/shapes.py
const MAX_ABOUT = 200;

/** Refusals that the name field answers for. */
const ABOUT_NAME = new Set(["bad-name", "name-taken"]);

/** @typedef {{text: string, wrong?: boolean}} Said */

/** @param {{tell: (said: Said) => void}} props */
function Picture({ tell }) {
  const [cropping, setCropping] = useState(
    /** @type {{image: ImageBitmap, type: string}|null} */ (null),
  );
  const chooser = useRef(/** @type {HTMLInputElement|null} */ (null));
  const attempt = async (/** @type {() => Promise<void>} */ act) => {
    try {
      await act();
      tell({ text: strings.profile.saved });
    } catch (error) {
      tell({ text: /** @type {Error} */ (error).message, wrong: true });
    }
  };
  const send = (/** @type {Blob} */ picture) => {
    setCropping(null);
    attempt(() =>
      changeAvatar(picture, (part) =>
        tell({ text: strings.profile.uploading(Math.round(part * 100)) }),
      ),
    );
  };
  const chosen = async (
    /** @type {Event & {currentTarget: HTMLInputElement}} */ { currentTarget },
  ) => {
    const [picture] = currentTarget.files ?? [];
    currentTarget.value = "";
    if (!picture) return;
    const image = await createImageBitmap(picture).catch(() => null);
    if (image) setCropping({ image, type: picture.type });
    else send(picture); // this browser cannot show it; perhaps the server can
  };
  return html`<div class="picture">
    <${Avatar} person=${me.value} size="huge" />
    <input ref=${chooser} type="file" accept="image/*" hidden onChange=${chosen} />
    <div class="actions">
      <button type="button" class="button" onClick=${() => chooser.current?.click()}>
        <${Icon} name="camera" small />${strings.profile.picture}
      </button>
      ${
        me.value.avatar &&
        html`<button type="button" class="button quiet" onClick=${() => attempt(removeAvatar)}>${strings.profile.removePicture}</button>`
      }
    </div>
    ${cropping && html`<${Crop} ...${cropping} keep=${send} close=${() => setCropping(null)} />`}
  </div>`;
}

/** @param {{tell: (said: Said) => void}} props */
function Words({ tell }) {
  const [name, setName] = useState(me.value.name);
  const [about, setAbout] = useState(me.value.about);
  const [wrongName, setWrongName] = useState("");
  const save = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    setWrongName("");
    try {
      await changeProfile({ display_name: name.trim(), about: about.trim() });
      tell({ text: strings.profile.saved });
    } catch (error) {
      const { code = "", message } = /** @type {Error & {code?: string}} */ (error);
      const ofName = ABOUT_NAME.has(code);
      setWrongName(ofName ? message : "");
      tell(ofName ? { text: "" } : { text: message, wrong: true });
    }
  };
  const same = name.trim() === me.value.name && about.trim() === me.value.about;
  return html`<form class="words" onSubmit=${save}>
    <div class="field">
      <label for="own-name">${strings.profile.name}</label>
      <input id="own-name" value=${name} maxlength=${MAX_NAME} required dir="auto" autocomplete="nickname"
        aria-describedby=${wrongName ? "wrong-name" : undefined} aria-invalid=${wrongName ? "true" : undefined}
        onInput=${(/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ event) => setName(event.currentTarget.value)} />
      ${wrongName && html`<p class="wrong" id="wrong-name" role="alert">${wrongName}</p>`}
    </div>
    <div class="field">
      <label for="own-about">${strings.profile.about}</label>
      <textarea id="own-about" rows="3" maxlength=${MAX_ABOUT} dir="auto" aria-describedby="about-hint" value=${about}
        onInput=${(/** @type {InputEvent & {currentTarget: HTMLTextAreaElement}} */ event) => setAbout(event.currentTarget.value)}></textarea>
      <p class="hint" id="about-hint">${strings.profile.aboutHint}</p>
    </div>
    <button type="submit" class="button primary" disabled=${same || !name.trim()}>${strings.save}</button>
  </form>`;
}

export function Profile() {
  const [said, tell] = useState(/** @type {Said} */ ({ text: "" }));
  return html`
    <header class="bar">
      <button type="button" class="icon-button" aria-label=${strings.back} onClick=${() => back("#/settings")}><${Icon} name="back" /></button>
      <h1>${strings.profile.title}</h1>
    </header>
    <div class="scroll profile">
      <${Picture} tell=${tell} />
      <${Words} tell=${tell} />
      <p class=${said.wrong ? "wrong" : "hint"} role="status">${said.text}</p>
    </div>
  `;
}
