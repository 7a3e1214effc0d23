import type { Rotation, RotationClass, ServerId } from '../../../exercises/02-load-balancing/contract.ts';
import type { Text } from '../../../simulator/text.ts';
import type { Story } from '../../suite.ts';

/**
 * Which servers may come next. The order of those who have had a turn is fixed; a newcomer may stand anywhere, as
 * long as nobody is served twice while it waits.
 */
export class RotationModel {
  /** Next first. */
  private waiting: ServerId[];
  /** Servers that joined and have not been picked yet, each with who was picked while it waited. */
  private readonly newcomers = new Map<ServerId, Set<ServerId>>();

  constructor(servers: readonly ServerId[]) {
    this.waiting = [...servers];
  }

  get servers(): ServerId[] {
    return [...this.waiting, ...this.newcomers.keys()];
  }

  has(server: ServerId): boolean {
    return this.servers.includes(server);
  }

  next(): ServerId[] {
    const [head] = this.waiting;
    const newcomers = [...this.newcomers];
    const again = newcomers.some(([, picked]) => head !== undefined && picked.has(head));
    return [...(head === undefined || again ? [] : [head]), ...newcomers.map(([server]) => server)];
  }

  picked(server: ServerId): void {
    this.newcomers.delete(server);
    this.waiting = [...this.waiting.filter((other) => other !== server), server];
    for (const met of this.newcomers.values()) met.add(server);
  }

  added(server: ServerId): void {
    this.newcomers.set(server, new Set());
  }

  removed(server: ServerId): void {
    this.waiting = this.waiting.filter((other) => other !== server);
    this.newcomers.delete(server);
    for (const met of this.newcomers.values()) met.delete(server);
  }
}

/** A learner's rotation beside the model: every call is told, and its result compared. */
export class WatchedRotation {
  readonly model: RotationModel;
  private readonly rotation: Rotation;

  constructor(
    RoundRobin: RotationClass,
    servers: readonly ServerId[],
    private readonly story: Story,
    /** Stands in front of the calls, `one.`, when a story has several rotations. */
    private readonly name = '',
  ) {
    story.given({ en: `${name}${SERVERS.en}`, ko: `${name}${SERVERS.ko}` }, servers);
    this.model = new RotationModel(servers);
    this.rotation = new RoundRobin([...servers]);
  }

  pick(): void {
    if (this.model.servers.length === 0) {
      this.story.throws(`${this.name}pick`, [], () => this.rotation.pick(), 'Error');
      return;
    }
    const server = this.story.call(`${this.name}pick`, [], () => this.rotation.pick());
    expectOneOf(this.story, server, this.model.next());
    this.model.picked(server);
  }

  add(server: ServerId): void {
    if (this.model.has(server)) {
      this.story.throws(`${this.name}add`, [server], () => this.rotation.add(server), 'RangeError', 'server');
      return;
    }
    this.story.call(`${this.name}add`, [server], () => this.rotation.add(server));
    this.model.added(server);
  }

  remove(server: ServerId): void {
    const removed = this.story.call(`${this.name}remove`, [server], () => this.rotation.remove(server));
    this.story.expect(removed, this.model.has(server));
    this.model.removed(server);
  }
}

export const SERVERS: Text = { en: 'servers', ko: '서버' };

/** The first `count` of a, b, c …: names that a story can be followed by. */
export function firstServers(count: number): ServerId[] {
  return [...'abcdefghijklmnop'].slice(0, count);
}

/** The last call's result must be one of these, any of them. */
export function expectOneOf(story: Story, received: unknown, right: readonly ServerId[]): void {
  if (right.includes(received as ServerId)) return;
  if (right.length === 1) story.expect(received, right[0]);
  if (received === undefined) story.happens({ en: 'undefined comes back', ko: 'undefined를 반환함' });
  story.require(false, { en: right.join(' or '), ko: right.join(' 또는 ') }, received);
}
