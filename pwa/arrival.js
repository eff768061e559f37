// Whether the app arrives. A file that is lost on the way leaves an empty page for ever, so the page is loaded again until
// all is there. It stands alone and is no module: it has to work where nothing else of the app does.

(() => {
  const WAITS = [1, 2, 4, 8, 15]; // seconds until the next try, the last again and again
  const KEY = "parley-arrival"; // how many tries there have been

  /** Something did not come. @param {Event} event */
  function lost({ target }) {
    const style = target instanceof HTMLLinkElement && target.rel === "stylesheet" ? target : null;
    const script = target instanceof HTMLScriptElement ? target : null;
    const url = style?.href || script?.src;
    if (!url || new URL(url).origin !== location.origin) return; // what somebody else put into the page
    if ((style ?? script)?.onerror) return; // whoever added it sees to it
    const tries = Number(sessionStorage.getItem(KEY)) || 0;
    if (style && tries >= WAITS.length) return; // it never comes, and the app does without
    end();
    window.removeEventListener("load", arrived);
    sessionStorage.setItem(KEY, String(tries + 1));
    setTimeout(() => location.reload(), 1000 * WAITS[Math.min(tries, WAITS.length - 1)]);
    window.addEventListener("online", () => location.reload());
    if (document.readyState === "loading") document.addEventListener("readystatechange", say);
    else say();
  }

  /** In one of the languages in which it stands there. */
  function say() {
    const told = [...document.querySelectorAll("#not-arrived p")];
    const wanted = navigator.languages.map((one) => one.split("-")[0]);
    const mine = wanted.map((tag) => told.find((one) => one.getAttribute("lang") === tag));
    for (const one of told) one.toggleAttribute("hidden", one !== (mine.find(Boolean) ?? told[0]));
    document.getElementById("not-arrived")?.removeAttribute("hidden");
  }

  function arrived() {
    end();
    sessionStorage.removeItem(KEY);
  }

  function end() {
    window.removeEventListener("error", lost, true);
  }

  window.addEventListener("error", lost, true); // that something did not come does not bubble
  window.addEventListener("load", arrived, { once: true });
})();
