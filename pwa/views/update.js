/** A new version is offered and never forced: a call goes on with the one it has. */

import { useState } from "preact/hooks";
import { applyUpdate, update } from "../state/updates.js";
import { strings } from "../strings-first.js";
import { html } from "./parts/html.js";

export function UpdateBanner() {
  const [held, setHeld] = useState(false);
  if (!update.value) return null;
  const take = async () => {
    if (await applyUpdate()) location.reload();
    else setHeld(true);
  };
  return html`<div class="banner calm" role="status">
    <span>${held ? strings.update.inCall : strings.update.ready}</span>
    <button type="button" class="button quiet" onClick=${take}>${strings.update.reload}</button>
  </div>`;
}
