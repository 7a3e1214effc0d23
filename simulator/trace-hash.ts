import { mix } from './hash.ts';
import type { Trace } from './trace.ts';
import { NODE_STATES } from './trace.ts';

/**
 * Fingerprint of everything that happened in a trace but a failure's stack: 16 hexadecimal digits, equal exactly when two runs
 * went alike (up to collisions of 64 bits). The same in every engine and on every machine.
 */
export function traceHash(trace: Trace): string {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  const word = (value: number): void => {
    low = Math.imul(low ^ value, 0x01000193);
    high = Math.imul(((high << 7) | (high >>> 25)) ^ value, 0x85ebca6b);
  };
  const number = (value: number): void => {
    word(value | 0);
    word(Math.floor(value / 0x1_0000_0000) | 0);
    const fraction = value - Math.floor(value);
    if (fraction !== 0) word((fraction * 0x1_0000_0000) | 0);
  };
  const text = (value: string): void => {
    number(value.length);
    for (let index = 0; index < value.length; index++) word(value.charCodeAt(index));
  };
  const column = (values: ArrayLike<number>): void => {
    number(values.length);
    for (let index = 0; index < values.length; index++) number(values[index]!);
  };

  number(trace.durationUs);
  number(trace.seed);
  for (const node of trace.nodes) {
    text(node.id);
    text(node.kind);
    number(node.cores);
  }
  trace.classes.forEach(text);
  const { requests, visits } = trace;
  [requests.arrivedUs, requests.endedUs, requests.outcome, requests.class].forEach(column);
  if (requests.key) column(requests.key);
  if (requests.staleUs) column(requests.staleUs);
  [visits.request, visits.node, visits.sentUs, visits.enteredUs].forEach(column);
  [visits.startedUs, visits.leftUs, visits.outcome].forEach(column);
  if (visits.key) column(visits.key);
  for (const change of trace.changes) {
    number(change.atUs);
    number(change.node);
    number(NODE_STATES.indexOf(change.state));
    number(change.speed);
  }
  if (trace.failure) {
    number(trace.failure.atUs);
    text(trace.failure.message);
  }
  const digits = (value: number): string => mix(value).toString(16).padStart(8, '0');
  return digits(high ^ low) + digits(low);
}
