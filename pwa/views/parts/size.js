/** Sizes of files as people read them. */

import { strings } from "../../strings.js";

const number = new Intl.NumberFormat(strings.language, { maximumFractionDigits: 1 });

/** "12 kB", "3.4 MB". @param {number} bytes */
export function fileSize(bytes) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const amount = bytes / 1000 ** power;
  return `${number.format(amount < 10 ? amount : Math.round(amount))} ${units[power]}`;
}
