/** Who is being called into a room's call just now, in a line for those who are in it. */

import { useEffect, useRef, useState } from "preact/hooks";
import { calledIn, NOBODY_CALLED } from "../state/gathering-called.js";
import { membersOf } from "../state/mentions.js";
import { person } from "../state/people.js";
import { serverNow } from "../state/server-time.js";
import { later } from "../state/timers.js";
import { conversationIn } from "../state/world.js";
import { strings } from "../strings.js";
import { allOf } from "./parts/locale.js";

/** @typedef {import("../state/gathering.js").Gathering} Gathering */

const FEW = 3; // names that are still read at a glance

/** The people whose devices ring, anew when one comes in or stops ringing. @param {Gathering} view @returns {string[]} */
export function useCalled({ conversation, seats }) {
  const been = useRef(/** @type {Set<string>} */ (new Set()));
  const [, look] = useState(0);
  for (const seat of seats) been.current.add(seat.person);
  const on = conversationIn(conversation).value?.gathering;
  const members = membersOf(conversation).value.map(({ id }) => id);
  const now = serverNow();
  const { people, until } = on ? calledIn(on, members, been.current, now) : NOBODY_CALLED;
  useEffect(() => {
    if (!until) return undefined;
    return later(() => look((times) => times + 1), until - serverNow() + 1);
  }, [until]);
  return people;
}

/** @param {string[]} people */
export function calledWords(people) {
  if (!people.length) return "";
  const { calling, callingMany } = strings.gathering;
  if (people.length > FEW) return callingMany(people.length);
  const names = people.map((id) => person(id).value.name);
  return calling(allOf(names.sort((a, b) => a.localeCompare(b))));
}
