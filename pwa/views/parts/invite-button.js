/** The way to the invitation, wherever the host may want it. */

import { useState } from "preact/hooks";
import { strings } from "../../strings.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";
import { later } from "./later.js";

const Invite = later(async () => (await import("../invite.js")).Invite, "invite");

/** @param {{primary?: boolean}} props */
export function InviteButton({ primary = false }) {
  const [open, setOpen] = useState(false);
  return html`
    <button type="button" class=${primary ? "button primary" : "button quiet"} onClick=${() => setOpen(true)}>
      <${Icon} name="invite" small />${strings.invite.title}
    </button>
    ${open && html`<${Invite} close=${() => setOpen(false)} />`}
  `;
}
