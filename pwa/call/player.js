// The browser's side of playing voice messages: one <audio>, and the keys for it on headphones and lock screens.

import { effect } from "@preact/signals-core";
import { person } from "../state/people.js";
import { followPlaying, player, playing, position, speed } from "../state/playing.js";
import { strings } from "../strings.js";

/** @typedef {import("../state/playing.js").Told} Told */
/** @typedef {import("../state/playing.js").Sound} Sound */

const SKIP_MS = 5000;

/** @param {AbortSignal} until */
export function beginPlaying(until) {
  const stops = [followPlaying(makeSound), followKeys()];
  until.addEventListener("abort", () => {
    for (const stop of stops) stop();
  });
}

/** @param {Told} told @returns {Sound} */
function makeSound(told) {
  const audio = new Audio();
  let made = ""; // an address of something that is only here
  let wanted = 0; // where it is to begin, ms, as long as the browser does not know the sound yet
  audio.preload = "auto";
  audio.addEventListener("timeupdate", () => {
    if (audio.readyState > 0) told.moved(audio.currentTime * 1000);
  });
  audio.addEventListener("loadedmetadata", () => {
    if (wanted) audio.currentTime = wanted / 1000;
    wanted = 0;
  });
  audio.addEventListener("ended", told.ended);
  audio.addEventListener("error", () => {
    if (audio.getAttribute("src")) told.failed();
  });
  audio.addEventListener("pause", () => {
    if (!audio.ended) told.paused(); // by the system: headphones taken out, another app's sound
  });
  audio.addEventListener("play", told.played);
  const revoke = () => {
    if (made) URL.revokeObjectURL(made);
    made = "";
  };
  return {
    load: (source) => {
      revoke();
      wanted = 0;
      if (source instanceof Blob) made = URL.createObjectURL(source);
      audio.src = made || String(source);
    },
    play: () => audio.play(),
    pause: () => audio.pause(),
    seek: (ms) => {
      if (audio.readyState > 0) audio.currentTime = ms / 1000;
      else wanted = ms;
    },
    rate: (rate) => {
      audio.defaultPlaybackRate = rate; // what the next one begins with
      audio.playbackRate = rate;
    },
    empty: () => {
      audio.pause();
      audio.removeAttribute("src");
      audio.load();
      revoke();
    },
  };
}

/** What the system shows and its keys do, where it has any. */
function followKeys() {
  const media = navigator.mediaSession;
  if (!media) return () => {};
  /** @type {[MediaSessionAction, () => void][]} */
  const keys = [
    ["play", () => player.toggle()],
    ["pause", () => player.pause()],
    ["stop", () => player.stop()],
    ["seekbackward", () => player.seek(position.peek() - SKIP_MS)],
    ["seekforward", () => player.seek(position.peek() + SKIP_MS)],
  ];
  return effect(() => {
    const now = playing.value;
    media.playbackState = now ? (now.state === "playing" ? "playing" : "paused") : "none";
    media.metadata = now
      ? new MediaMetadata({
          title: strings.voice.message,
          artist: now.author ? person(now.author).value.name : "",
        })
      : null;
    for (const [key, act] of keys) media.setActionHandler(key, now ? act : null);
    if (now)
      media.setPositionState?.({
        duration: now.ms / 1000,
        playbackRate: speed.value,
        position: Math.min(position.peek(), now.ms) / 1000,
      });
  });
}
