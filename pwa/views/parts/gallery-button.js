/** The way to what was sent in a conversation; the gallery itself comes when it is wanted. */

import { useState } from "preact/hooks";
import { strings } from "../../strings.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";
import { later } from "./later.js";

const Gallery = later(
  async () => (await import("../gallery.js")).Gallery,
  "files",
  "viewer",
  "gallery",
);

/** @param {{id: string}} props the conversation */
export function GalleryButton({ id }) {
  const [open, setOpen] = useState(false);
  return html`<section class="panel way-on">
    <button type="button" class="row" onClick=${() => setOpen(true)}>
      <${Icon} name="photo" /><span class="row-text"><span class="row-title">${strings.gallery.title}</span></span><${Icon} name="next" small />
    </button>
    ${open && html`<${Gallery} id=${id} close=${() => setOpen(false)} />`}
  </section>`;
}
