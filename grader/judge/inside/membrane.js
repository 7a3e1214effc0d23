import { decode } from './decode.js';
import { encodeAll, returned, thrown } from './encode.js';
import { changedInputs, leftAs, watch } from './inputs.js';
import { lend, lent, waiting } from './lending.js';
import {
  apply,
  construct,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  keyOf,
  mapDelete,
  mapGet,
  ownKeys,
  parse,
  push,
} from './originals.js';
import { furnish } from './surroundings.js';

/*
 * The learner's side of the membrane. It runs inside the isolate before the learner's code and exports the one function
 * through which the judge reaches in. What it sends is checked again by the judge (`membrane.ts`): code that got hold
 * of anything in here could lie about its own values and nothing else.
 */
const { __host: host, __seed: seed } = globalThis;
const ABSENT = ['__host', '__seed', 'WebAssembly', 'SharedArrayBuffer', 'Atomics'];
for (let i = 0; i < ABSENT.length; i++) delete globalThis[ABSENT[i]];
furnish(host, seed);

const settle = (id, reply) => host('settle', id, reply);

/** Calls the judge's side. The third element of a reply says that the value is to be watched. */
function ask(op, id, name, args) {
  const reply = parse(host(op, id, name, encodeAll(args, settle)));
  const value = decode(reply[1], ask);
  if (reply[0] !== 0) throw value;
  if (reply.length > 2) watch(reply[2], value, settle);
  return value;
}

const OPERATIONS = {
  __proto__: null,
  call: (id, self, args) => apply(mapGet(lent, id), self, args),
  construct(id, _self, args) {
    const made = construct(mapGet(lent, id), args);
    lend(made);
    return made;
  },
  get: (id, key) => mapGet(lent, id)[keyOf(key)],
  invoke(id, key, args) {
    const object = mapGet(lent, id);
    return apply(object[keyOf(key)], object, args);
  },
  isMethod(id, key) {
    let object = mapGet(lent, id);
    if (getOwnPropertyDescriptor(object, key) !== undefined) return false;
    while (object !== null) {
      const property = getOwnPropertyDescriptor(object, key);
      if (property !== undefined) return typeof property.value === 'function';
      object = getPrototypeOf(object);
    }
    return false;
  },
  set(id, key, args) {
    mapGet(lent, id)[keyOf(key)] = args[0];
    return true;
  },
  has: (id, key) => keyOf(key) in mapGet(lent, id),
  keys(id) {
    const object = mapGet(lent, id);
    const keys = ownKeys(object);
    const shown = [];
    for (let i = 0; i < keys.length; i++) {
      if (typeof keys[i] === 'string' && getOwnPropertyDescriptor(object, keys[i])?.enumerable) push(shown, keys[i]);
    }
    return shown;
  },
  isInstance: (id, _self, args) => args[0] instanceof mapGet(lent, id),
  free(_id, _self, ids) {
    for (let i = 0; i < ids.length; i++) mapDelete(lent, ids[i]);
  },
  settle(id, ok, args) {
    const promise = mapGet(waiting, id);
    mapDelete(waiting, id);
    if (ok) promise?.resolve(args[0]);
    else promise?.reject(args[0]);
  },
  exports() {
    const namespace = globalThis.__learner;
    const list = [];
    if (typeof namespace !== 'object' || namespace === null) return list;
    const names = ownKeys(namespace);
    for (let i = 0; i < names.length; i++) {
      if (typeof names[i] === 'string') push(list, [names[i], namespace[names[i]]]);
    }
    return list;
  },
  changed: () => changedInputs(settle),
};

let reply = '';

/** The way in. The reply is kept because a rejection that nobody handles takes the place of what is returned. */
export function enter(op, id, self, wire, watched) {
  if (op === 'reply') return reply;
  try {
    if (op === 'left') return leftAs(parse(wire), settle);
    const owner = op === 'call' ? decode(parse(self), ask) : self;
    const args = decode(parse(wire), ask);
    if (watched !== undefined) watchAll(args, parse(watched));
    reply = returned(OPERATIONS[op](id, owner, args), settle);
  } catch (error) {
    reply = thrown(error, settle);
  }
  return reply;
}

function watchAll(values, ids) {
  for (let i = 0; i < ids.length; i++) if (ids[i] !== 0) watch(ids[i], values[i], settle);
}
