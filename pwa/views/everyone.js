/** For the host: whether there is a room that everybody of the house is in. */

import { useState } from "preact/hooks";
import { EVERYONE } from "../state/members.js";
import { changeRoom, room } from "../state/rooms.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";

export function Everyone() {
  const [wrong, setWrong] = useState("");
  const on = room(EVERYONE).value !== null;
  const turn = () =>
    changeRoom(EVERYONE, { closed: on }).then(
      () => setWrong(""),
      (error) => setWrong(error.message),
    );
  return html`<section class="panel">
    <h2>${strings.rooms.menu}</h2>
    <label class="setting">
      <span>${strings.rooms.setting}</span>
      <input type="checkbox" class="switch" role="switch" checked=${on} onChange=${turn} />
    </label>
    <p class="hint">${strings.rooms.settingHint}</p>
    ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
  </section>`;
}
