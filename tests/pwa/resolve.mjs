// Resolves bare names ("preact") as the browser does: by the import map in pwa/index.html, nothing else.
import { existsSync, readFileSync } from "node:fs";

const pwa = new URL("../../pwa/", import.meta.url);
const page = new URL("index.html", pwa);
const inline = /<script type="importmap"[^>]*>([\s\S]*?)<\/script>/;
const found = existsSync(page) ? inline.exec(readFileSync(page, "utf8")) : null;
/** @type {Record<string, string>} */
const imports = found ? JSON.parse(found[1]).imports : {};

/** @type {import("node:module").ResolveHook} */
export async function resolve(specifier, context, nextResolve) {
  const mapped = Object.hasOwn(imports, specifier) ? imports[specifier] : undefined;
  if (mapped === undefined) return nextResolve(specifier, context);
  return nextResolve(new URL(mapped.replace(/^\.?\//, ""), pwa).href, context);
}
