import type { CreateWriteInvalidation, WriteInvalidation } from '../../../exercises/04-caching-and-cdn/contract.ts';
import { show } from '../../judge/show.ts';
import type { Story } from '../../suite.ts';
import { type Asker, listen, settle } from './waiting.ts';

export interface WriteExports {
  readonly createWriteInvalidation: CreateWriteInvalidation;
}

/** What can happen next. Numbers count from 1 in the order of appearance; what is not there (any more) is skipped. */
export type Move =
  | { readonly do: 'read'; readonly key: string }
  | { readonly do: 'write'; readonly key: string }
  /** A load of the database: first it sees the row, then its answer arrives. */
  | { readonly do: 'load'; readonly number: number }
  /** A write in the database: first it is committed, then it is answered. */
  | { readonly do: 'commit'; readonly number: number }
  | { readonly do: 'load-fails'; readonly number: number }
  /** Not yet committed: it never will be. Committed: the answer is lost on the way. */
  | { readonly do: 'write-fails'; readonly number: number };

interface Operation {
  readonly key: string;
  readonly value: unknown;
  /** `asked` → `done` (row seen, or write committed) → `over` (answered or failed). */
  state: 'asked' | 'done' | 'over';
  seen: Row;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

interface Row {
  readonly value: unknown;
  readonly version: number;
}

interface Reader extends Asker {
  readonly key: string;
  /** No older version may be returned: that of the latest write answered before this read began. */
  readonly floor: number;
  /** Loads of the key that had failed before it began. */
  readonly failuresBefore: number;
  checked: boolean;
}

interface Writer extends Asker {
  readonly key: string;
  readonly operation: () => Operation | undefined;
  checked: boolean;
}

const FAILURE = { load: 'read timed out', write: 'write timed out' };

/** A cache with a write path, and a database that does one step at a time, in any order the case likes. */
export class WriteWorld {
  readonly loads: Operation[] = [];
  readonly readers: Reader[] = [];
  private readonly writers: Writer[] = [];
  private readonly writes: Operation[] = [];
  private readonly rows = new Map<string, Row>();
  /** Every version that a key has had, by value. */
  private readonly history = new Map<string, Map<unknown, number>>();
  private readonly answered = new Map<string, number>();
  private readonly failures = new Map<string, number>();
  private readonly cache: WriteInvalidation<string, unknown>;
  private time = 0;

  constructor(
    private readonly story: Story,
    subject: WriteExports,
    private readonly options: { readonly capacity: number; readonly initial?: readonly [unknown] },
  ) {
    story.given({ en: 'capacity', ko: '용량' }, options.capacity);
    const db = { read: this.dbRead, write: this.dbWrite };
    this.cache = subject.createWriteInvalidation<string, unknown>({ db, capacity: options.capacity });
  }

  /** Makes the moves one after another and looks at every answer as soon as it comes. */
  async play(moves: readonly Move[]): Promise<void> {
    for (const move of moves) await this.move(move);
  }

  /** Lets the database finish whatever it has been asked, oldest first, until nobody waits. */
  async finish(): Promise<void> {
    for (;;) {
      const load = this.loads.find(({ state }) => state !== 'over');
      const write = this.writes.find(({ state }) => state !== 'over');
      if (load !== undefined) await this.move({ do: 'load', number: this.loads.indexOf(load) + 1 });
      else if (write !== undefined) await this.move({ do: 'commit', number: this.writes.indexOf(write) + 1 });
      else break;
    }
    const waiting = [...this.readers, ...this.writers].find(({ answer }) => answer === undefined);
    this.story.require(waiting === undefined, {
      en: `${waiting?.en} is answered: the database has nothing left to do`,
      ko: `데이터베이스가 할 일을 모두 마쳤으므로 ${waiting?.ko}도 답을 받음`,
    });
  }

  /** A read that finds everybody at rest, and has to be answered from memory or by exactly one load. */
  async expectRead(key: string, from: 'memory' | 'database'): Promise<void> {
    const before = this.loads.length;
    await this.move({ do: 'read', key });
    const reader = this.readers.at(-1) as Reader;
    const loads = this.loads.length - before;
    if (from === 'memory') {
      this.story.require(loads === 0 && reader.answer !== undefined, {
        en: `${reader.en} is answered from memory, without a load`,
        ko: `${reader.ko}에는 로드 없이 메모리에서 답함`,
      });
    } else {
      this.story.require(loads === 1, {
        en: `${reader.en} makes one load of ${key} begin`,
        ko: `${reader.ko}에서 ${key} 로드가 한 번 시작됨`,
      });
    }
    await this.finish();
  }

  expectLoads(atMost: number): void {
    const count = this.loads.length;
    this.story.require(
      count <= atMost,
      { en: `${atMost} loads are enough here`, ko: `여기서는 로드 ${atMost}번이면 충분함` },
      count,
    );
  }

  /** What the database holds now. */
  row(key: string): Row {
    let row = this.rows.get(key);
    if (row === undefined) {
      row = { value: this.options.initial === undefined ? `${key}-0` : this.options.initial[0], version: 0 };
      this.rows.set(key, row);
      this.history.set(key, new Map([[row.value, 0]]));
    }
    return row;
  }

  private async move(move: Move): Promise<void> {
    this.time += 1;
    if (move.do === 'read') this.startRead(move.key);
    else if (move.do === 'write') this.startWrite(move.key);
    else if (move.do === 'load' || move.do === 'load-fails') this.stepLoad(move.number, move.do === 'load-fails');
    else this.stepWrite(move.number, move.do === 'write-fails');
    await settle();
    for (const writer of this.writers) this.judgeWriter(writer);
    for (const reader of this.readers) this.judgeReader(reader);
  }

  private startRead(key: string): void {
    this.row(key);
    const number = this.readers.length + 1;
    const reader: Reader = {
      en: `reader ${number}`,
      ko: `읽기 ${number}`,
      key,
      floor: this.answered.get(key) ?? 0,
      failuresBefore: this.failures.get(key) ?? 0,
      answer: undefined,
      checked: false,
    };
    this.readers.push(reader);
    this.tell(`${reader.en}: read ${key}`, `${reader.ko}: read ${key}`);
    listen(this.story, reader, this.cache.read(key), this.now);
  }

  private startWrite(key: string): void {
    this.row(key);
    const number = this.writers.length + 1;
    const value = `${key}-${number}`;
    const operation = () => this.writes.find((one) => one.value === value);
    const writer: Writer = {
      en: `writer ${number}`,
      ko: `쓰기 ${number}`,
      key,
      operation,
      answer: undefined,
      checked: false,
    };
    this.writers.push(writer);
    this.tell(`${writer.en}: write ${key}, ${value}`, `${writer.ko}: write ${key}, ${value}`);
    listen(this.story, writer, this.cache.write(key, value), this.now, true);
  }

  private stepLoad(number: number, fails: boolean): void {
    const load = this.loads[number - 1];
    if (load === undefined || load.state === 'over') return;
    if (fails) {
      load.state = 'over';
      this.failures.set(load.key, (this.failures.get(load.key) ?? 0) + 1);
      this.tell(`load ${number} fails: ${FAILURE.load}`, `로드 ${number} 실패: ${FAILURE.load}`);
      load.reject(new Error(FAILURE.load));
    } else if (load.state === 'asked') {
      load.state = 'done';
      load.seen = this.row(load.key);
      const seen = show(load.seen.value);
      this.tell(`load ${number} sees ${seen} in the database`, `로드 ${number}: 데이터베이스에서 ${seen} 확인`);
    } else {
      load.state = 'over';
      const seen = show(load.seen.value);
      this.tell(`load ${number} arrives with ${seen}`, `로드 ${number} 도착: ${seen}`);
      load.resolve(load.seen as never);
    }
  }

  private stepWrite(number: number, fails: boolean): void {
    const write = this.writes[number - 1];
    if (write === undefined || write.state === 'over') return;
    const value = show(write.value);
    if (!fails && write.state === 'asked') {
      write.state = 'done';
      this.commit(write);
      this.tell(`the database commits ${value}`, `데이터베이스가 ${value} 커밋`);
      return;
    }
    const committed = write.state === 'done';
    write.state = 'over';
    if (!fails) {
      this.tell(`the database confirms ${value}`, `데이터베이스가 ${value} 확인 응답`);
      write.resolve(write.seen.version as never);
    } else {
      this.tell(
        committed ? `the confirmation of ${value} is lost: ${FAILURE.write}` : `${value} is lost: ${FAILURE.write}`,
        committed ? `${value}의 확인 응답 유실: ${FAILURE.write}` : `${value} 유실: ${FAILURE.write}`,
      );
      write.reject(new Error(FAILURE.write));
    }
  }

  private commit(write: Operation): void {
    const row = { value: write.value, version: this.row(write.key).version + 1 };
    this.rows.set(write.key, row);
    this.history.get(write.key)?.set(row.value, row.version);
    write.seen = row;
  }

  private judgeWriter(writer: Writer): void {
    if (writer.answer === undefined || writer.checked) return;
    writer.checked = true;
    const operation = writer.operation();
    this.story.require(operation?.state === 'over', {
      en: `${writer.en} is not done before the database has confirmed its write`,
      ko: `데이터베이스가 확인하기 전에는 ${writer.ko}이(가) 끝나지 않음`,
    });
    const { seen } = operation as Operation;
    const answered = this.answered.get(writer.key) ?? 0;
    this.answered.set(writer.key, Math.max(answered, seen.version));
  }

  private judgeReader(reader: Reader): void {
    if (reader.answer === undefined || reader.checked) return;
    reader.checked = true;
    const { answer, key, floor } = reader;
    if (!answer.ok) {
      this.story.require((this.failures.get(key) ?? 0) > reader.failuresBefore, {
        en: `${reader.en} gets a value: no load of ${key} has failed since it began`,
        ko: `${reader.ko}이(가) 시작된 뒤로 실패한 ${key} 로드가 없으므로 값을 받음`,
      });
      return;
    }
    const version = this.history.get(key)?.get(answer.value);
    this.story.require(
      version !== undefined,
      { en: `${reader.en} gets a value that the database has held`, ko: `${reader.ko} 결과는 데이터베이스에 있던 값` },
      answer.value,
    );
    const [oldest] = [...(this.history.get(key) ?? [])].filter(([, at]) => at === floor).map(([value]) => show(value));
    this.story.require(
      (version as number) >= floor,
      {
        en: `${reader.en} gets ${oldest} or newer: it began after that write was over`,
        ko: `${reader.ko}은(는) 그 쓰기가 끝난 뒤에 시작되었으므로 ${oldest} 또는 더 새로운 값을 받음`,
      },
      answer.value,
    );
  }

  /** The outcome that a writer was told must be the one of its write. */
  expectOutcomes(): void {
    for (const writer of this.writers) {
      const { answer } = writer;
      const operation = writer.operation();
      const failed = operation === undefined || this.failed.has(operation);
      this.story.require(
        answer?.ok === !failed && (answer.ok || answer.message.includes(FAILURE.write)),
        failed
          ? { en: `${writer.en} hears that its write failed`, ko: `${writer.ko}은(는) 쓰기가 실패했음을 앎` }
          : { en: `${writer.en} is told that all went well`, ko: `${writer.ko}은(는) 잘되었음을 앎` },
        answer?.ok === false ? answer.message : 'resolved',
      );
    }
  }

  private readonly failed = new Set<Operation>();

  private readonly now = (): number => this.time;

  private readonly dbRead = (key: string): Promise<never> => {
    const { operation, promise } = this.ask(key, undefined);
    this.loads.push(operation);
    const number = this.loads.length;
    this.tell(`load ${number} of ${key} begins`, `로드 ${number}(${key}) 시작`);
    return promise;
  };

  private readonly dbWrite = (key: string, value: unknown): Promise<never> => {
    const { operation, promise } = this.ask(key, value);
    this.writes.push(operation);
    promise.catch(() => this.failed.add(operation));
    this.tell(`${show(value)} is on its way to the database`, `${show(value)}을(를) 데이터베이스로 보냄`);
    return promise;
  };

  private ask(key: string, value: unknown): { operation: Operation; promise: Promise<never> } {
    let operation!: Operation;
    const promise = new Promise<never>((resolve, reject) => {
      operation = { key, value, state: 'asked', seen: { value, version: 0 }, resolve, reject };
    });
    return { operation, promise };
  }

  private tell(en: string, ko: string): void {
    this.story.happens({ en, ko }, this.time);
  }
}
