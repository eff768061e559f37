/** Which languages there are, and which one is meant. A catalogue is fetched when it is chosen; English is at hand. */

/**
 * `name` is what its speakers call it. A pseudo one, for who makes the screens, is chosen by address (`?language=qps`)
 * or by hand in the browser's storage, and stands in no list.
 * @typedef {object} Language
 * @property {string} name
 * @property {"ltr"|"rtl"} dir
 * @property {boolean} [pseudo]
 * @property {string[]} [everyone] what stands behind an @ to name everybody in a room; the first is offered
 * @property {() => Promise<import("./live.js").Catalogue>} load
 */

/** @type {Record<string, Language>} */
export const LANGUAGES = {
  en: { name: "English", dir: "ltr", everyone: ["everyone", "all"], load: async () => ({}) },
  de: {
    name: "Deutsch",
    dir: "ltr",
    everyone: ["alle"],
    load: async () => (await import("./de.js")).catalogue,
  },
  es: {
    name: "Español",
    dir: "ltr",
    everyone: ["todos", "todas"],
    load: async () => (await import("./es.js")).catalogue,
  },
  qps: {
    name: "Pseudo",
    dir: "ltr",
    pseudo: true,
    load: () => disguise("ltr"),
  },
  "qps-rtl": {
    name: "Pseudo, right to left",
    dir: "rtl",
    pseudo: true,
    load: () => disguise("rtl"),
  },
};

/** @param {"ltr"|"rtl"} dir */
async function disguise(dir) {
  const [{ disguised }, { english }] = await Promise.all([
    import("./pseudo.js"),
    import("../strings.js"),
  ]);
  return disguised(english, dir);
}

/** The ones a person may choose. */
export const CHOICES = Object.keys(LANGUAGES).filter((tag) => !LANGUAGES[tag].pseudo);

/** Every word that names everybody, whatever the page speaks: in one house several languages are written. */
export const EVERYBODY = CHOICES.flatMap((tag) => LANGUAGES[tag].everyone ?? []);

/** The one to offer in a language. @param {string} tag */
export const everyoneIn = (tag) => LANGUAGES[tag]?.everyone?.[0] ?? EVERYBODY[0];

/**
 * The language a setting means: that one, or with "system" the first that the person reads and the app speaks.
 * @param {string} setting @param {readonly string[]} read tags in the browser's order, such as ["es-MX", "en"]
 */
export function meant(setting, read) {
  if (Object.hasOwn(LANGUAGES, setting)) return setting;
  const bases = read.map((tag) => tag.toLowerCase().split("-")[0]);
  return bases.find((tag) => CHOICES.includes(tag)) ?? "en";
}
