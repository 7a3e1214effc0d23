import type {
  ConnectionCounter,
  ConnectionCounterClass,
  Lease,
  ServerId,
} from '../../../exercises/02-load-balancing/contract.ts';
import type { Story } from '../../suite.ts';
import { expectOneOf, SERVERS } from './rotation-model.ts';

interface Seat {
  readonly server: ServerId;
  open: number;
  /** Number of the choice that last fell on it, 0 for never. */
  chosen: number;
}

interface Loan {
  readonly name: string;
  readonly lease: Lease;
  readonly seat: Seat;
  held: boolean;
}

/** A learner's counter beside a model of it: every call is told, and its result compared. */
export class WatchedCounter {
  private readonly seats: Seat[];
  private readonly loans: Loan[] = [];
  private readonly counter: ConnectionCounter;
  private choices = 0;

  /**
   * @param settings.ties also demand the right one among several with the fewest; default true
   */
  constructor(
    LeastConnections: ConnectionCounterClass,
    servers: readonly ServerId[],
    private readonly story: Story,
    private readonly settings: { readonly ties?: boolean } = {},
  ) {
    story.given(SERVERS, servers);
    this.seats = servers.map(newSeat);
    this.counter = new LeastConnections([...servers]);
  }

  acquire(): void {
    const { story } = this;
    if (this.seats.length === 0) {
      story.throws('acquire', [], () => this.counter.acquire(), 'Error');
      return;
    }
    const label = `lease${this.loans.length + 1}`;
    let lease: Lease | undefined;
    const server = story.call(`${label} = acquire`, [], () => {
      lease = this.counter.acquire();
      return lease.server;
    });
    const allowed = this.next().map((seat) => seat.server);
    if (!allowed.includes(server)) this.tellWhatIsOpen();
    expectOneOf(story, server, allowed);
    const seat = this.seats.find((other) => other.server === server)!;
    seat.open += 1;
    this.choices += 1;
    seat.chosen = this.choices;
    this.loans.push({ name: label, lease: lease!, seat, held: true });
  }

  /** Releases one of the leases, given back already or not: 0 is the latest, 1 the one before, and around. */
  release(place: number): void {
    this.giveBack(this.loans, place);
  }

  releaseFirst(): void {
    this.release(this.loans.length - 1);
  }

  /** Releases one of the leases that are still held, counted in the same way. */
  releaseHeld(place: number): void {
    this.giveBack(
      this.loans.filter(({ held }) => held),
      place,
    );
  }

  /** Releases the lease that is held on this server, if there is one. */
  releaseOn(server: ServerId): void {
    const held = this.loans.filter((loan) => loan.held && loan.seat.server === server);
    if (held.length > 0) this.giveBack(held, 0);
  }

  private giveBack(loans: readonly Loan[], place: number): void {
    const loan = loans.at(-1 - (place % loans.length));
    if (loan === undefined) return;
    const released = this.story.call(`${loan.name}.release`, [], () => loan.lease.release());
    this.story.expect(released, loan.held);
    if (loan.held) loan.seat.open -= 1;
    loan.held = false;
  }

  add(server: ServerId): void {
    if (this.seats.some((seat) => seat.server === server)) {
      this.story.throws('add', [server], () => this.counter.add(server), 'RangeError', 'server');
      return;
    }
    this.story.call('add', [server], () => this.counter.add(server));
    this.seats.push(newSeat(server));
  }

  remove(server: ServerId): void {
    const removed = this.story.call('remove', [server], () => this.counter.remove(server));
    const index = this.seats.findIndex((seat) => seat.server === server);
    this.story.expect(removed, index !== -1);
    if (index !== -1) this.seats.splice(index, 1);
  }

  /** What the choice had to be made from. */
  private tellWhatIsOpen(): void {
    const open = this.seats.map((seat) => `${seat.server}:${seat.open}`).join(' ');
    const [longest] = this.next();
    const tied = this.settings.ties !== false && this.fewest().length > 1 ? longest : undefined;
    this.story.happens({
      en: `open before that: ${open}${tied === undefined ? '' : `, and ${tied.server} ${tied.chosen === 0 ? 'was never chosen' : 'was chosen longest ago'}`}`,
      ko: `그때 열린 연결 ${open}${tied === undefined ? '' : `, ${tied.server}는 ${tied.chosen === 0 ? '선택된 적 없음' : '선택된 지 가장 오래됨'}`}`,
    });
  }

  private fewest(): Seat[] {
    const fewest = Math.min(...this.seats.map((seat) => seat.open));
    return this.seats.filter((seat) => seat.open === fewest);
  }

  private next(): Seat[] {
    const candidates = this.fewest();
    if (this.settings.ties === false) return candidates;
    const longest = Math.min(...candidates.map((seat) => seat.chosen));
    return candidates.filter((seat) => seat.chosen === longest).slice(0, 1);
  }
}

function newSeat(server: ServerId): Seat {
  return { server, open: 0, chosen: 0 };
}
