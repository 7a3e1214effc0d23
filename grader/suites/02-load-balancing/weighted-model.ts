import fc from 'fast-check';
import type { WeightedRotation, WeightedRotationClass } from '../../../exercises/02-load-balancing/contract.ts';
import type { Story } from '../../suite.ts';
import { expectOneOf, firstServers } from './rotation-model.ts';

export const weights = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 5 });
export const someWeight = weights.filter((all) => all.some((weight) => weight > 0));

/** A learner's rotation and how often each server was picked. */
export class WatchedWeights {
  readonly servers: readonly string[];
  readonly weights: number[];
  readonly counts: Record<string, number>;
  picks = 0;
  private readonly rotation: WeightedRotation;

  constructor(
    WeightedRoundRobin: WeightedRotationClass,
    weights: readonly number[],
    private readonly story: Story,
    private readonly name = '',
  ) {
    this.servers = firstServers(weights.length);
    this.weights = [...weights];
    this.counts = Object.fromEntries(this.servers.map((server) => [server, 0]));
    const given = this.servers.map((server, i) => `${server}:${weights[i]}`);
    story.given({ en: `${name}weights`, ko: `${name}가중치` }, given);
    this.rotation = new WeightedRoundRobin(this.servers.map((server, i) => ({ server, weight: weights[i]! })));
  }

  /** A pick must be a server with a weight above 0, or an error when there is none. */
  pick(): string {
    const { story } = this;
    const allowed = this.servers.filter((_, i) => this.weights[i]! > 0);
    if (allowed.length === 0) {
      story.throws(`${this.name}pick`, [], () => this.rotation.pick(), 'Error');
      return '';
    }
    const server = story.call(`${this.name}pick`, [], () => this.rotation.pick());
    expectOneOf(story, server, allowed);
    this.counts[server]! += 1;
    this.picks += 1;
    return server;
  }

  /** Many picks that are told as one. Returns how often each server was among them. */
  pickMany(times: number): Record<string, number> {
    return this.pickTold(`pick × ${times}`, times, () => undefined);
  }

  /** Many picks, the first server's weight going up and down before each of them; told as one. */
  pickWhileSwinging(times: number, [low, high]: readonly [number, number]): Record<string, number> {
    const first = this.servers[0]!;
    const turns = [low, high].map((weight) => `setWeight(${first}, ${weight}), pick, `).join('');
    this.story.happens({ en: `${turns}… ${times} picks in all`, ko: `${turns}… 모두 ${times}번 뽑음` });
    return this.pickTold(`pick × ${times}`, times, (pick) => this.rotation.setWeight(first, pick % 2 ? high : low));
  }

  private pickTold(name: string, times: number, before: (pick: number) => void): Record<string, number> {
    const met: Record<string, number> = Object.fromEntries(this.servers.map((server) => [server, 0]));
    this.story.call(`${this.name}${name}`, [], () => {
      for (let pick = 0; pick < times; pick++) {
        before(pick);
        const server = this.rotation.pick();
        met[server] = (met[server] ?? 0) + 1;
      }
      return Object.entries(met).map(([server, count]) => `${server}:${count}`);
    });
    for (const server of this.servers) this.counts[server]! += met[server]!;
    this.picks += times;
    return met;
  }

  setWeight(place: number, weight: number): void {
    const server = this.servers[place % this.servers.length]!;
    this.story.call(`${this.name}setWeight`, [server, weight], () => this.rotation.setWeight(server, weight));
    this.weights[place % this.servers.length] = weight;
  }

  /** After whole rounds: each server exactly as often as its weight asks. */
  requireExact(): void {
    const rounds = this.picks / sum(this.weights);
    const due = this.servers.map((server, i) => `${server}:${rounds * this.weights[i]!}`);
    this.story.require(
      this.servers.every((server, i) => this.counts[server] === rounds * this.weights[i]!),
      {
        en: `after ${this.picks} picks: ${due.join(' ')}`,
        ko: `${this.picks}번 뽑은 뒤: ${due.join(' ')}`,
      },
      this.servers.map((server) => `${server}:${this.counts[server]}`),
    );
  }

  requireNotAhead(server: string): void {
    const weight = this.weights[this.servers.indexOf(server)]!;
    const share = (this.picks * weight) / sum(this.weights);
    const picked = this.counts[server]!;
    const most = Math.ceil(share);
    this.story.require(
      picked * sum(this.weights) < this.picks * weight + sum(this.weights),
      {
        en: `${server} at most ${most === 1 ? 'once' : `${most} times`} in ${this.picks} picks: its share of them is ${round(share)}`,
        ko: `${this.picks}번 가운데 ${server}는 많아야 ${most}번: 그 몫은 ${round(share)}번`,
      },
      `${server}:${picked}`,
    );
  }
}

export const sum = (all: readonly number[]): number => all.reduce((total, weight) => total + weight, 0);

/** To two digits. */
export const round = (share: number): number => Math.round(share * 100) / 100;
