/** What the device in somebody's hand is, as far as it says. Pure: the browser's words come in, a platform comes out. */

/** @typedef {"iphone" | "android" | "windows" | "mac" | "linux"} Platform */

/** What the words call it. @type {Record<Platform, "iphone" | "phone" | "computer" | "mac">} */
export const DEVICES = {
  iphone: "iphone",
  android: "phone",
  windows: "computer",
  mac: "mac",
  linux: "computer",
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
 * Which advice a browser needs that cannot finish the steps: the one to open, or that it is within an app; "" for none.
 * @param {string} agent
 * @param {Platform} platform
 * @returns {"safari" | "chrome" | "app" | ""}
 */
export function browserAdvice(agent, platform) {
  if (platform === "iphone") {
    const isOther = /CriOS|FxiOS|EdgiOS|OPiOS|GSA|Instagram|FBAN|FBAV|Line\//.test(agent);
    return isOther || !/Safari/.test(agent) ? "safari" : "";
  }
  if (platform !== "android") return "";
  if (/Firefox/.test(agent)) return "chrome";
  return /; wv\)|Instagram|FBAN|FBAV|Line\//.test(agent) ? "app" : "";
}
