/** The host's invitation: a code to scan, and the same as a link. */

import { useEffect, useState } from "preact/hooks";
import { makeInvitation, standingInvitation } from "../state/invitations.js";
import { strings } from "../strings.js";
import { copy } from "./parts/clipboard.js";
import { Dialog } from "./parts/dialog.js";
import { html } from "./parts/html.js";
import { Icon } from "./parts/icon.js";
import { useObjectUrl } from "./parts/object-url.js";
import { dayAhead } from "./parts/time.js";

/** @param {{svg: string}} props */
function QrCode({ svg }) {
  const url = useObjectUrl(svg, "image/svg+xml");
  return html`<img class="qr" src=${url} alt=${strings.invite.qr} width="240" height="240" />`;
}

/** @param {{link: string}} props */
function Link({ link }) {
  const [copied, setCopied] = useState(false);
  const take = () =>
    copy(link).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  const share = () => navigator.share({ title: strings.name, url: link }).catch(() => {});
  return html`<div class="link">
    <code>${link}</code>
    <div class="actions">
      ${
        "share" in navigator &&
        html`<button type="button" class="button" onClick=${share}><${Icon} name="share" small />${strings.invite.share}</button>`
      }
      <button type="button" class="button primary" onClick=${take}>
        <${Icon} name=${copied ? "check" : "copy"} small />${copied ? strings.invite.copied : strings.invite.copy}
      </button>
    </div>
  </div>`;
}

/** @param {{close: () => void}} props */
export function Invite({ close }) {
  const [kind, setKind] = useState(/** @type {"many"|"one"} */ ("many"));
  const [made, setMade] = useState(
    /** @type {import("../state/invitations.js").Invitation|null} */ (null),
  );
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    setMade(null);
    setWrong("");
    const making = kind === "many" ? standingInvitation() : makeInvitation("one");
    making.then(setMade, (error) => setWrong(error.message));
  }, [kind]);
  const other = kind === "many" ? "one" : "many";
  return html`<${Dialog} label=${strings.invite.title} close=${close}>
    <div class="card invite">
      <div class="head-line">
        <h2>${strings.invite.title}</h2>
        <button type="button" class="icon-button" aria-label=${strings.close} onClick=${close}><${Icon} name="close" /></button>
      </div>
      <p>${strings.invite.hint}</p>
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
      ${
        made
          ? html`<${QrCode} svg=${made.qr} />
              <p class="hint">${strings.invite[kind === "many" ? "until" : "oneUntil"](dayAhead(made.expires_at))}</p>
              <${Link} link=${made.links[0]} key=${made.code} />`
          : !wrong &&
            html`<p class="qr waiting-qr" role="status"><span class="spinner"></span>${strings.invite.loading}</p>`
      }
      <button type="button" class="button quiet" onClick=${() => setKind(other)}>${strings.invite[other]}</button>
    </div>
  <//>`;
}
