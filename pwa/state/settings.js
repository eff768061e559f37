// What a person sets on this device.

import { kept } from "./kept.js";

export const theme = kept("theme", /** @type {"system"|"light"|"dark"} */ ("system"));
export const sound = kept("sound", true);
export const notifications = kept("notifications", false);
