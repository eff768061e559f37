/** The whole window: joining, or home with what lies over it. */

import { leaving } from "../state/leaving.js";
import { session } from "../state/session.js";
import { sharing } from "../state/sharing.js";
import { ConnectionBanner } from "./connection.js";
import { Join } from "./join.js";
import { html } from "./parts/html.js";
import { later, laterScreen } from "./parts/later.js";
import { Mark } from "./parts/mark.js";
import { UpdateBanner } from "./update.js";

const Home = laterScreen(
  async () => (await import("./home.js")).Home,
  "avatar",
  "dialog",
  "conversations",
  "people",
);
const Claims = later(async () => (await import("./claims.js")).Claims);
const NowPlaying = later(async () => (await import("./playing.js")).NowPlaying, "playing");
const Sharing = later(async () => (await import("./sharing.js")).Sharing);
const CallLayer = later(
  async () => (await import("./call.js")).CallLayer,
  "call",
  "call-faces",
  "call-float",
  "gathering-panel",
  "gathering",
  "gear",
);
const GatheringLayer = later(
  async () => (await import("./gathering.js")).GatheringLayer,
  "call",
  "call-faces",
  "call-float",
  "gathering",
  "gathering-seats",
  "gathering-panel",
  "gear",
);

export function App() {
  const { state } = session.value;
  if (state === "unknown" || leaving.value)
    return html`<${ConnectionBanner} /><div class="empty"><${Mark} /></div>`;
  if (state === "signed-out") return html`<${Join} />`;
  return html`
    <${ConnectionBanner} />
    <${UpdateBanner} />
    <${NowPlaying} />
    <${Home} />
    <${Claims} />
    <${CallLayer} />
    <${GatheringLayer} />
    ${sharing.value && html`<${Sharing} />`}
  `;
}
