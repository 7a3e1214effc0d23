import { print } from './encode.js';
import { mapDelete, mapEach, mapGet, mapSet, mapSize, push, RealMap } from './originals.js';

/*
 * Remembers what was handed in, so that the judge can see how it was left. Nothing that the learner's code can reach
 * takes part in this: an answer that spoils its input cannot hide it.
 */
const MAX_WATCHED = 500;
const watched = new RealMap();
/** What had been changed by the time it made room for others. */
const spoilt = new RealMap();

export function watch(id, value, settle) {
  mapSet(watched, id, { __proto__: null, value, before: print(value, settle) });
  if (mapSize(watched) > MAX_WATCHED) retire(settle);
}

/** The reply that says whether one of these inputs was changed, and how it looks now. */
export function leftAs(ids, settle) {
  for (let i = 0; i < ids.length; i++) {
    const input = mapGet(spoilt, ids[i]) ?? mapGet(watched, ids[i]);
    if (input === undefined || !isChanged(input, settle)) continue;
    return `[0,["a",true,${print(input.value, settle) || '["u"]'}]]`;
  }
  return '[0,["a",false]]';
}

export function changedInputs(settle) {
  const ids = [];
  const look = (input, id) => {
    if (isChanged(input, settle)) push(ids, id);
  };
  mapEach(spoilt, look);
  mapEach(watched, look);
  return ids;
}

function retire(settle) {
  let oldest;
  mapEach(watched, (_input, id) => {
    oldest ??= id;
  });
  const input = mapGet(watched, oldest);
  mapDelete(watched, oldest);
  if (mapSize(spoilt) < MAX_WATCHED && isChanged(input, settle)) mapSet(spoilt, oldest, input);
}

function isChanged(input, settle) {
  return print(input.value, settle) !== input.before;
}
