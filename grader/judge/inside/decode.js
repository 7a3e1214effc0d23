import { borrowError, borrowFunction, borrowObject, borrowPromise, borrowSymbol, lent, symbolLent } from './lending.js';
import {
  define,
  isArray,
  mapGet,
  mapSet,
  push,
  RealBigInt,
  RealDate,
  RealMap,
  RealNumber,
  RealSet,
  RealUint8Array,
  setAdd,
  shift,
  sliceText,
  TYPED,
} from './originals.js';

/** Builds the value that `wire` stands for; `ask` calls the judge's side. */
export function decode(wire, ask) {
  return new Decoder(ask).value(wire);
}

class Decoder {
  seen = [];
  ask;

  constructor(ask) {
    this.ask = ask;
  }

  value(wire) {
    if (typeof wire !== 'object' || wire === null) return wire;
    switch (wire[0]) {
      case 'u':
        return undefined;
      case 'n':
        return wire[1] === '-0' ? -0 : RealNumber(wire[1]);
      case 'b':
        return wire[1][0] === '-' ? -RealBigInt(`0x${sliceText(wire[1], 1)}`) : RealBigInt(`0x${wire[1]}`);
      case 'y':
        return borrowSymbol(wire[1], wire[2]);
      case 'Y':
        return symbolLent(wire[1]);
      case 'f':
        return borrowFunction(wire[1], wire[2], this.ask);
      case 'h':
        return borrowObject(wire[1], wire[2], wire[3], this.ask);
      case 'H':
      case 'E':
        return mapGet(lent, wire[1]);
      case 'p':
        return borrowPromise(wire[1]);
      case 'e':
        return borrowError(wire[1], wire[2], wire[3], this.all(wire, 4));
      case 'r':
        return this.seen[wire[1]];
      default:
        return this.container(wire);
    }
  }

  /** The values from `start` on. Names of fields, being strings, stand for themselves. */
  all(wire, start) {
    const values = [];
    for (let i = start; i < wire.length; i++) push(values, this.value(wire[i]));
    return values;
  }

  keep(container) {
    push(this.seen, container);
    return container;
  }

  container(wire) {
    switch (wire[0]) {
      case 'a':
        return this.array(this.keep(wire));
      case 'o':
      case 'O': {
        const object = this.keep(wire[0] === 'o' ? {} : { __proto__: null });
        for (let i = 1; i < wire.length; i += 2) define(object, wire[i], this.value(wire[i + 1]));
        return object;
      }
      case 'm': {
        const map = this.keep(new RealMap());
        for (let i = 1; i < wire.length; i += 2) mapSet(map, this.value(wire[i]), this.value(wire[i + 1]));
        return map;
      }
      case 's': {
        const set = this.keep(new RealSet());
        for (let i = 1; i < wire.length; i++) setAdd(set, this.value(wire[i]));
        return set;
      }
      case 'd':
        return this.keep(new RealDate(this.value(wire[1])));
      case 'B':
        return this.keep(this.fill(new RealUint8Array(wire.length - 1), wire, 1).buffer);
      case 't':
        return this.keep(this.fill(new TYPED[wire[1]](wire.length - 2), wire, 2));
    }
  }

  /** The list that was parsed becomes the list that is handed over. */
  array(wire) {
    for (let i = 1; i < wire.length; i++) {
      if (isHole(wire[i])) delete wire[i];
      else wire[i] = this.value(wire[i]);
    }
    shift(wire);
    return wire;
  }

  fill(typed, wire, start) {
    for (let i = start; i < wire.length; i++) typed[i - start] = this.value(wire[i]);
    return typed;
  }
}

function isHole(wire) {
  return isArray(wire) && wire[0] === '_';
}
