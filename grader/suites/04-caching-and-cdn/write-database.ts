import type { VersionedDatabase } from '../../../exercises/04-caching-and-cdn/contract.ts';
import { show } from '../../judge/show.ts';
import type { Timeline } from './timeline.ts';

/** A load or a write that the database has been asked for. */
export interface Operation {
  readonly key: unknown;
  readonly value: unknown;
  /** `asked` → `done` (row seen, or write committed) → `over` (answered or failed). */
  state: 'asked' | 'done' | 'over';
  failed: boolean;
  seen: Row;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

export interface Row {
  readonly value: unknown;
  readonly version: number;
}

export const FAILURE = { load: 'read timed out', write: 'write timed out' };

/** A database that takes one step at a time, in any order the case likes, and tells each of them. */
export class StepDatabase {
  readonly loads: Operation[] = [];
  readonly writes: Operation[] = [];
  private readonly rows = new Map<unknown, Row>();
  /** Every version that a key has had, by value. */
  private readonly history = new Map<unknown, Map<unknown, number>>();
  private readonly failures = new Map<unknown, number>();

  /** @param initial what stands in every row before the first write; `ana-0` and the like when it is left out */
  constructor(
    private readonly timeline: Timeline,
    private readonly initial?: readonly [unknown],
  ) {}

  /** What the learner's code is given. */
  readonly contract: VersionedDatabase<unknown, unknown> = {
    read: (key) => {
      const { operation, promise } = ask(key, undefined);
      this.loads.push(operation);
      const number = this.loads.length;
      this.timeline.tell(`load ${number} of ${show(key)} begins`, `로드 ${number}(${show(key)}) 시작`);
      return promise;
    },
    write: (key, value) => {
      const { operation, promise } = ask(key, value);
      this.writes.push(operation);
      this.timeline.tell(`${show(value)} is on its way to the database`, `데이터베이스로 전송: ${show(value)}`);
      return promise;
    },
  };

  /** What the database holds now. */
  row(key: unknown): Row {
    let row = this.rows.get(key);
    if (row === undefined) {
      row = { value: this.initial === undefined ? `${key}-0` : this.initial[0], version: 0 };
      this.rows.set(key, row);
      this.history.set(key, new Map([[row.value, 0]]));
    }
    return row;
  }

  /** The version at which a row had this value; undefined when it never had. */
  versionOf(key: unknown, value: unknown): number | undefined {
    return this.history.get(key)?.get(value);
  }

  /** The value that a row had at a version. */
  valueAt(key: unknown, version: number): unknown {
    return [...(this.history.get(key) ?? [])].find(([, at]) => at === version)?.[0];
  }

  /** How many loads of a key have failed so far. */
  failuresOf(key: unknown): number {
    return this.failures.get(key) ?? 0;
  }

  /** The first operation that is not over yet, loads before writes. */
  get open(): Operation | undefined {
    return [...this.loads, ...this.writes].find(({ state }) => state !== 'over');
  }

  /** One step on: a load sees the row, then arrives; a write is committed, then confirmed. Or it fails. */
  step(operation: Operation, fails: boolean): void {
    if (operation.state === 'over') return;
    if (this.loads.includes(operation)) this.stepLoad(operation, fails);
    else this.stepWrite(operation, fails);
  }

  private stepLoad(load: Operation, fails: boolean): void {
    const number = this.loads.indexOf(load) + 1;
    if (fails) {
      load.state = 'over';
      this.failures.set(load.key, this.failuresOf(load.key) + 1);
      this.timeline.tell(`load ${number} fails: ${FAILURE.load}`, `로드 ${number} 실패: ${FAILURE.load}`);
      load.reject(new Error(FAILURE.load));
    } else if (load.state === 'asked') {
      load.state = 'done';
      load.seen = this.row(load.key);
      const seen = show(load.seen.value);
      this.timeline.tell(
        `load ${number} sees ${seen} in the database`,
        `로드 ${number}: 데이터베이스에서 ${seen} 확인`,
      );
    } else {
      load.state = 'over';
      const seen = show(load.seen.value);
      this.timeline.tell(`load ${number} arrives with ${seen}`, `로드 ${number} 도착: ${seen}`);
      load.resolve(load.seen as never);
    }
  }

  private stepWrite(write: Operation, fails: boolean): void {
    const value = show(write.value);
    const { timeline } = this;
    if (fails) {
      if (write.state === 'done') {
        const what = [`the confirmation of ${value} is lost`, `${value}의 확인 응답 유실`] as const;
        timeline.tell(`${what[0]}: ${FAILURE.write}`, `${what[1]}: ${FAILURE.write}`);
      } else timeline.tell(`${value} is lost: ${FAILURE.write}`, `${value} 유실: ${FAILURE.write}`);
      write.state = 'over';
      write.failed = true;
      write.reject(new Error(FAILURE.write));
    } else if (write.state === 'asked') {
      write.state = 'done';
      write.seen = { value: write.value, version: this.row(write.key).version + 1 };
      this.rows.set(write.key, write.seen);
      this.history.get(write.key)?.set(write.value, write.seen.version);
      timeline.tell(`the database commits ${value}`, `데이터베이스가 ${value} 커밋`);
    } else {
      write.state = 'over';
      timeline.tell(`the database confirms ${value}`, `데이터베이스가 ${value} 확인 응답`);
      write.resolve(write.seen.version as never);
    }
  }
}

function ask(key: unknown, value: unknown): { operation: Operation; promise: Promise<never> } {
  let operation!: Operation;
  const promise = new Promise<never>((resolve, reject) => {
    operation = { key, value, state: 'asked', failed: false, seen: { value, version: 0 }, resolve, reject };
  });
  return { operation, promise };
}
