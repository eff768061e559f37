// What a person sets on this device.

import { kept } from "./kept.js";

export const theme = kept("theme", /** @type {"system"|"light"|"dark"} */ ("system"));
/** A language's tag, or "system" for the browser's own. */
export const language = kept("language", "system");
/** For messages. */
export const sound = kept("sound", true);
/** For calls: the ring, and the tones of waiting and of the end. */
export const ringing = kept("ringing", true);
/** How photos are sent. */
export const photos = kept("photos", /** @type {"smaller"|"original"} */ ("smaller"));
export const notifications = kept("notifications", false);
