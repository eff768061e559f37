/** Sizes of files as people read them. */

import { perLocale } from "./locale.js";

const number = perLocale((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }));

/** "12 kB", "3.4 MB". @param {number} bytes */
export function fileSize(bytes) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const amount = bytes / 1000 ** power;
  return `${number().format(amount < 10 ? amount : Math.round(amount))} ${units[power]}`;
}

const part = perLocale((locale) => new Intl.NumberFormat(locale, { style: "percent" }));

/** "45 %", as the language writes it. @param {number} fraction 0..1 */
export function percentage(fraction) {
  return part().format(fraction);
}
