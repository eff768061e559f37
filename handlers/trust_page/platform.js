/** What the device in somebody's hand is, as far as it says. Pure: the browser's words come in, a platform comes out. */

/** @typedef {"iphone" | "android" | "windows" | "mac" | "linux"} Platform */

/** @type {Record<Platform, string>} */
export const NOUNS = {
  iphone: "this iPhone",
  android: "this phone",
  windows: "this computer",
  mac: "this Mac",
  linux: "this computer",
};

/**
 * @param {string} agent the User-Agent
 * @param {number} touchPoints an iPad calls itself a Mac, but no Mac has several
 * @returns {Platform}
 */
export function platformOf(agent, touchPoints) {
  if (/iPhone|iPad|iPod/.test(agent)) return "iphone";
  if (/Macintosh/.test(agent)) return touchPoints > 1 ? "iphone" : "mac";
  if (/Android/.test(agent)) return "android";
  if (/Windows/.test(agent)) return "windows";
  return "linux";
}

/** @param {Platform} platform */
export function isHandheld(platform) {
  return platform === "iphone" || platform === "android";
}

/**
 * A sentence for a browser that cannot finish the steps, or nothing.
 * @param {string} agent
 * @param {Platform} platform
 */
export function browserAdvice(agent, platform) {
  if (
    platform === "iphone" &&
    (/CriOS|FxiOS|EdgiOS|OPiOS|GSA|Instagram|FBAN|FBAV|Line\//.test(agent) || !/Safari/.test(agent))
  ) {
    return "Please open this page in Safari: only Safari can hand the profile to your iPhone. Copy the address, open Safari, paste it there.";
  }
  if (platform === "android" && /Firefox/.test(agent)) {
    return "Please open this page in Chrome: Firefox on Android does not ask the phone what it trusts.";
  }
  if (platform === "android" && /; wv\)|Instagram|FBAN|FBAV|Line\//.test(agent)) {
    return "This page is open inside another app. Please open it in Chrome: the menu at the top right offers that.";
  }
  return "";
}
