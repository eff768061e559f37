// Use: node --import ./tests/pwa/register.mjs --test FILE… so that bare names mean what they mean in the page.
import { register } from "node:module";

register("./resolve.mjs", import.meta.url);
