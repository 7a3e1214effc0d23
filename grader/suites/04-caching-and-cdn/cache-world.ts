import type { Cache } from '../../../exercises/04-caching-and-cdn/contract.ts';
import type { Text } from '../../../simulator/text.ts';
import { show } from '../../judge/show.ts';
import type { Story } from '../../suite.ts';

/** One call of a cache, as data. */
export type Call =
  | { readonly op: 'get' | 'has' | 'delete'; readonly key: unknown }
  | { readonly op: 'set'; readonly key: unknown; readonly value: unknown };

export const set = (key: unknown, value: unknown): Call => ({ op: 'set', key, value });
export const get = (key: unknown): Call => ({ op: 'get', key });
export const has = (key: unknown): Call => ({ op: 'has', key });
export const remove = (key: unknown): Call => ({ op: 'delete', key });

/** What a cache must do, written for clearness: everything else about it is slow. */
export interface Model {
  readonly size: number;
  get(key: unknown): unknown;
  has(key: unknown): boolean;
  set(key: unknown, value: unknown): void;
  delete(key: unknown): boolean;
  /** Who is held, in the order in which they would leave, as it is told when one of them has to. */
  readonly leaving: Text;
}

/** Whether a `Map` would take two keys for the same. */
export function sameKey(a: unknown, b: unknown): boolean {
  return [a].includes(b);
}

/** A cache of the learner's beside its model: each call goes to both, is told, and must have the same outcome. */
export class CacheWorld {
  constructor(
    private readonly story: Story,
    private readonly cache: Cache<unknown, unknown>,
    private readonly model: Model,
    private readonly capacity: number,
    /** What the story puts in front of each call where there are several caches. */
    private readonly name = '',
  ) {
    story.given(name === '' ? CAPACITY : capacityOf(name), capacity);
  }

  play(calls: readonly Call[]): void {
    for (const call of calls) this.make(call);
  }

  private make(call: Call): void {
    const { cache, model, story } = this;
    if (call.op === 'set') {
      const { key, value } = call;
      if (!model.has(key) && model.size === this.capacity) story.happens(model.leaving);
      story.call(`${this.name}set`, [key, value], () => cache.set(key, value));
      model.set(key, value);
    } else {
      const received = story.call(`${this.name}${call.op}`, [call.key], () => cache[call.op](call.key));
      story.expect(received, model[call.op](call.key));
    }
    this.compareSizes();
  }

  /** Only worth a line when it is wrong. */
  private compareSizes(): void {
    const { size } = this.cache;
    if (Object.is(size, this.model.size)) return;
    const told = this.story.call(`${this.name}size`, [], () => size);
    this.story.expect(told, this.model.size);
  }
}

const CAPACITY: Text = { en: 'capacity', ko: '용량' };

function capacityOf(name: string): Text {
  return { en: `${name}capacity`, ko: `${name}용량` };
}

/** `bee 1, ant 3`: keys as they are shown, each with what is known of it. */
export function listed(entries: readonly { readonly key: unknown; readonly note?: unknown }[]): string {
  return entries.map(({ key, note }) => (note === undefined ? show(key) : `${show(key)} ${note}`)).join(', ');
}
