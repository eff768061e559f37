import assert from "node:assert/strict";
import test from "node:test";
import { browserAdvice, isHandheld, platformOf } from "../../../handlers/trust_page/platform.js";

const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
const MAC =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15";
const ANDROID =
  "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36";
const FIREFOX_ANDROID = "Mozilla/5.0 (Android 14; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0";

test("each device gets the steps made for it", () => {
  assert.equal(platformOf(IPHONE, 5), "iphone");
  assert.equal(platformOf(ANDROID, 5), "android");
  assert.equal(platformOf(FIREFOX_ANDROID, 5), "android");
  assert.equal(platformOf("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/156.0", 0), "windows");
  assert.equal(platformOf("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/156.0", 10), "windows");
  assert.equal(platformOf(MAC, 0), "mac");
  assert.equal(platformOf("Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0", 0), "linux");
  assert.equal(platformOf("", 0), "linux");
});

test("an iPad that calls itself a Mac is known by its touch screen", () => {
  assert.equal(platformOf(MAC, 5), "iphone");
});

test("only phones and tablets are held in a hand", () => {
  assert.deepEqual(["iphone", "android", "windows", "mac", "linux"].map(isHandheld), [
    true,
    true,
    false,
    false,
    false,
  ]);
});

test("a browser that cannot finish is told which one can", () => {
  assert.equal(browserAdvice(IPHONE.replace("Version/18.0", "CriOS/156.0"), "iphone"), "safari");
  assert.equal(browserAdvice(IPHONE.replace(" Safari/604.1", ""), "iphone"), "safari");
  assert.equal(browserAdvice(FIREFOX_ANDROID, "android"), "chrome");
  assert.equal(browserAdvice(ANDROID.replace("Pixel 8", "Pixel 8; wv"), "android"), "app");
});

test("a browser that can finish is left in peace", () => {
  assert.equal(browserAdvice(IPHONE, "iphone"), "");
  assert.equal(browserAdvice(ANDROID, "android"), "");
  assert.equal(browserAdvice(MAC, "mac"), "");
});
