/** How much of the server's disk one's own files take, in the settings. */

import { useEffect, useState } from "preact/hooks";
import { usage } from "../state/storage.js";
import { strings } from "../strings.js";
import { html } from "./parts/html.js";
import { fileSize } from "./parts/size.js";

export function Storage() {
  const [found, setFound] = useState(
    /** @type {import("../state/storage.js").Usage|null} */ (null),
  );
  useEffect(() => {
    usage().then(setFound);
  }, []);
  if (!found) return null;
  const { used, quota } = found;
  const words = quota
    ? strings.storage.of(fileSize(used), fileSize(quota))
    : strings.storage.used(fileSize(used));
  return html`<section class="panel">
    <h2>${strings.storage.title}</h2>
    <p>${words}</p>
    ${quota > 0 && html`<meter min="0" max=${quota} high=${quota * 0.9} optimum="0" value=${used} aria-label=${words}></meter>`}
    <p class="hint">${strings.storage.hint}</p>
  </section>`;
}
