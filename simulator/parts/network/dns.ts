import type { Kernel } from '../../kernel.ts';
import { microseconds } from '../../microseconds.ts';
import type { Keys } from '../../workload/keys.ts';
import { drawsOf, keySampler } from '../../workload/keys.ts';

/**
 * The slot of the authoritative server: which centre it names to a resolver. It sees the resolver alone, not whom that
 * one asks for (RFC 7871 §1), so whoever fills it knows where each resolver is.
 */
export type AnswerDns = (resolver: number) => string;

export interface DnsPlan {
  /** How long a resolver may keep an answer, ms: 0 (each is used once) … 2,147,483,647 s (RFC 2181 §8). */
  readonly ttlMs: number;
  /**
   * The caching resolvers, numbered from 0, and which part of the clients asks each. One cache for everybody makes a
   * change a single step at any moment of the ttl; some hundreds make it a slope.
   */
  readonly resolvers: Exclude<Keys, { readonly kind: 'sequence' }>;
  /**
   * Part of the resolvers, 0 … 1, that keep their first answer for ever; default 0. Of 8,524 measured ones, 8.7 % kept
   * answers too long (Bhowmick et al., "TTL Violation of DNS Resolvers in the Wild", PAM 2023).
   */
  readonly ignoring?: number;
}

const LONGEST_MS = (2 ** 31 - 1) * 1000;

/**
 * Clients find their centre by name: each asks its resolver, which asks the authoritative server when it has no answer
 * or its ttl is over (now ≥ deadline; RFC 1035 §3.2.1). The run begins in the middle of everyday life: every resolver
 * holds an answer, asked for at a moment of the last ttl that is uniform and its own. Asking takes no time, for it lasts
 * milliseconds and a ttl seconds.
 */
export class Dns {
  /** Questions to the authoritative server in this run, by resolver. */
  readonly queries: Uint32Array;
  /** Which resolvers ignore the ttl. */
  readonly ignoring: readonly boolean[];
  readonly #ttlUs: number;
  readonly #answers: string[];
  readonly #deadlinesUs: number[];
  readonly #resolverAt: (unit: number) => number;

  /** @throws RangeError when a number of the plan is out of range; whatever `answer` throws */
  constructor(
    private readonly kernel: Kernel,
    plan: DnsPlan,
    private readonly seed: number,
    private readonly answer: AnswerDns,
  ) {
    const { ttlMs, resolvers, ignoring = 0 } = plan;
    if (!(ttlMs >= 0 && ttlMs <= LONGEST_MS)) throw new RangeError(`ttlMs: ${ttlMs} is not in 0 … ${LONGEST_MS}`);
    if (!(ignoring >= 0 && ignoring <= 1)) throw new RangeError(`ignoring: ${ignoring} is not in 0 … 1`);
    const keyOf = keySampler(resolvers);
    this.#resolverAt = (unit) => keyOf(unit, 0);
    this.#ttlUs = microseconds(ttlMs);
    this.queries = new Uint32Array(resolvers.count);
    const all = Array.from(this.queries, (_, resolver) => resolver);
    this.ignoring = all.map((resolver) => drawsOf(seed, 'ignores the ttl', resolver).unit() < ignoring);
    this.#answers = all.map((resolver) => answer(resolver));
    this.#deadlinesUs = all.map((resolver) => {
      const restUs = Math.ceil(drawsOf(seed, 'asked within the last ttl', resolver).unit() * this.#ttlUs);
      return this.ignoring[resolver] ? Number.POSITIVE_INFINITY : kernel.nowUs + restUs;
    });
  }

  /** The resolver that a client asks, the same in every lane. */
  resolverOf(client: number): number {
    return this.#resolverAt(drawsOf(this.seed, 'resolver of a client', client).unit());
  }

  /**
   * The centre that a resolver names now.
   * @throws whatever `answer` throws; the resolver then asks again next time
   */
  lookUp(resolver: number): string {
    if (this.kernel.nowUs < this.#deadlinesUs[resolver]!) return this.#answers[resolver]!;
    this.queries[resolver]!++;
    this.#answers[resolver] = this.answer(resolver);
    this.#deadlinesUs[resolver] = this.kernel.nowUs + this.#ttlUs;
    return this.#answers[resolver]!;
  }
}
