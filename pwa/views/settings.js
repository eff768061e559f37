/** How it looks and sounds, who may come in, and leaving. */

import { useEffect, useState } from "preact/hooks";
import { serverVersion } from "../state/health.js";
import { waiting } from "../state/outbox.js";
import { me, session, signOut } from "../state/session.js";
import { ringing, sound, theme } from "../state/settings.js";
import { ownStatus } from "../state/status.js";
import { strings } from "../strings.js";
import { BlockedPeople } from "./blocks.js";
import { Devices } from "./devices.js";
import { Everyone } from "./everyone.js";
import { ExportAll } from "./export.js";
import { GearSettings } from "./gear-settings.js";
import { InstallHint } from "./install.js";
import { LanguageChoice } from "./language.js";
import { Notices } from "./notices.js";
import { Avatar } from "./parts/avatar.js";
import { Confirm } from "./parts/confirm.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { InviteButton } from "./parts/invite-button.js";
import { later } from "./parts/later.js";
import { pop } from "./parts/sound.js";
import { untilWords } from "./parts/status-words.js";
import { Storage } from "./storage.js";

const Status = later(async () => (await import("./status.js")).Status, "status");

const THEMES = /** @type {const} */ (["system", "light", "dark"]);

function Look() {
  return html`<fieldset class="panel">
    <legend>${strings.settings.look}</legend>
    <div class="choices">
      ${THEMES.map(
        (name) => html`<label key=${name}>
          <input type="radio" name="theme" value=${name} checked=${theme.value === name} onChange=${() => {
            theme.value = name;
          }} />
          <span>${strings.settings.themes[name]}</span>
        </label>`,
      )}
    </div>
  </fieldset>`;
}

/** @param {{label: string, value: import("@preact/signals-core").Signal<boolean>, turned?: () => void}} props */
function Switch({ label, value, turned }) {
  const turn = () => {
    value.value = !value.value;
    turned?.();
  };
  return html`<label class="setting">
    <span>${label}</span>
    <input type="checkbox" class="switch" role="switch" checked=${value.value} onChange=${turn} />
  </label>`;
}

function Sounds() {
  return html`<section class="panel">
    <h2>${strings.settings.sounds}</h2>
    <${Switch} label=${strings.settings.sound} value=${sound} turned=${pop} />
    <${Switch} label=${strings.settings.ringing} value=${ringing} />
  </section>`;
}

function OwnStatus() {
  const [open, setOpen] = useState(false);
  const { status, text, until } = ownStatus.value;
  const ends = untilWords(until);
  return html`<section class="panel">
    <h2>${strings.status.title}</h2>
    <div class="setting">
      <span class="row-text">
        <span class="own-status"><i class=${`dot ${status}`} aria-hidden="true"></i>${strings.status.kinds[status]}</span>
        ${(text || ends) && html`<span class="hint" dir="auto">${[text, ends].filter(Boolean).join(" · ")}</span>`}
      </span>
      <button type="button" class="button" onClick=${() => setOpen(true)}>${strings.status.change}</button>
    </div>
    ${open && html`<${Status} close=${() => setOpen(false)} />`}
  </section>`;
}

function SignOut() {
  const [asking, setAsking] = useState(false);
  const lost = waiting.value ? ` ${strings.settings.signOutWaiting(waiting.value)}` : "";
  return html`
    <button type="button" class="button danger" onClick=${() => setAsking(true)}>
      <${Icon} name="leave" small />${strings.settings.signOut}
    </button>
    ${
      asking &&
      html`<${Confirm}
        title=${strings.settings.signOutTitle}
        text=${strings.settings.signOutText + lost}
        action=${strings.settings.signOut}
        act=${signOut}
        close=${() => setAsking(false)}
      />`
    }
  `;
}

function About() {
  const [version, setVersion] = useState("");
  useEffect(() => {
    serverVersion().then(setVersion);
  }, []);
  return html`<section class="panel">
    <h2>${strings.settings.about}</h2>
    <p class="hint">${strings.settings.aboutText} ${version && strings.settings.version(version)}</p>
  </section>`;
}

export function Settings() {
  return html`
    <header class="side-head">
      <div class="head-line">
        <h1>${strings.settings.title}</h1>
        ${session.value.host && html`<${InviteButton} />`}
      </div>
    </header>
    <div class="scroll settings">
      <a class="row own" href="#/profile">
        <${Avatar} person=${me.value} size="large" />
        <span class="row-text">
          <span class="row-title" dir="auto">${me.value.name}</span>
          <span class="preview" dir="auto">${me.value.about || strings.settings.edit}</span>
        </span>
        <${Icon} name="next" small />
      </a>
      <${OwnStatus} />
      <${InstallHint} always />
      <${Look} />
      <${LanguageChoice} />
      <${Sounds} />
      <${GearSettings} />
      <${Notices} />
      <${Devices} />
      ${session.value.host && html`<${Everyone} />`}
      <${BlockedPeople} />
      <${ExportAll} />
      <${Storage} />
      <${About} />
      <${SignOut} />
    </div>
  `;
}
