/** What a primary knows of one replica. */
export interface Follower {
  /** The primary's log was sent up to this position. */
  sent: number;
  /** It has confirmed up to this position. */
  confirmed: number;
  /** When the latest message that it has confirmed was sent, µs. */
  heardUs: number;
}

/** A primary's books about its replicas, new in each term of office. */
export class Followers {
  /** Events of another term of office are outdated. */
  term = 0;
  /** No client waits for anything up to this position. */
  waitingFrom = 0;
  #of: Follower[] = [];

  /** @param count machines of the log, the primary among them: nobody asks it, and it confirms nothing */
  constructor(private readonly count: number) {}

  of(node: number): Follower {
    return this.#of[node]!;
  }

  /** A term of office begins: the followers may have all of the log or nothing. The lease runs from now. */
  begin(length: number, nowUs: number): void {
    this.#of = Array.from({ length: this.count }, () => ({ sent: length, confirmed: 0, heardUs: nowUs }));
    this.resume(length);
  }

  /** The same term goes on after a restart: whoever waited has been cut off. */
  resume(length: number): void {
    this.waitingFrom = length;
    this.term++;
  }

  end(): void {
    this.term++;
  }

  /** What at least `count` replicas, from 1 on, have reached. */
  reached(what: 'confirmed' | 'heardUs', count: number): number {
    return this.#of.map((follower) => follower[what]).sort((left, right) => right - left)[count - 1]!;
  }
}
