/** How it looks and sounds, who may come in, and leaving. */

import { useEffect, useState } from "preact/hooks";
import { serverVersion } from "../state/health.js";
import { waiting } from "../state/outbox.js";
import { me, session, signOut } from "../state/session.js";
import { sound, theme } from "../state/settings.js";
import { strings } from "../strings.js";
import { Devices } from "./devices.js";
import { InstallHint } from "./install.js";
import { Notices } from "./notices.js";
import { Avatar } from "./parts/avatar.js";
import { Confirm } from "./parts/confirm.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { InviteButton } from "./parts/invite-button.js";
import { pop } from "./parts/sound.js";

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

function Sounds() {
  const turn = () => {
    sound.value = !sound.value;
    pop();
  };
  return html`<section class="panel">
    <h2>${strings.settings.sounds}</h2>
    <label class="setting">
      <span>${strings.settings.sound}</span>
      <input type="checkbox" class="switch" role="switch" checked=${sound.value} onChange=${turn} />
    </label>
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
      <${InstallHint} always />
      <${Look} />
      <${Sounds} />
      <${Notices} />
      <${Devices} />
      <${About} />
      <${SignOut} />
    </div>
  `;
}
