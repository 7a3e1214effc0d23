import type { CreateWriteInvalidation, WriteInvalidation } from '../../../exercises/04-caching-and-cdn/contract.ts';
import { show } from '../../judge/show.ts';
import type { Story } from '../../suite.ts';
import { type Asker, inOneGo, settle, Timeline } from './timeline.ts';
import { FAILURE, type Operation, StepDatabase } from './write-database.ts';

export interface WriteExports {
  readonly createWriteInvalidation: CreateWriteInvalidation;
}

/** What can happen next. Numbers count from 1 in the order of appearance; what is not there (any more) is skipped. */
export type Move =
  /** By one reader, or by several before anything else can happen. */
  | { readonly do: 'read'; readonly key: unknown; readonly readers: number }
  | { readonly do: 'write'; readonly key: unknown }
  /** Read and loaded to the end, as the first lines of a case. */
  | { readonly do: 'hold'; readonly key: unknown }
  | { readonly do: 'load' | 'commit'; readonly number: number; readonly fails: boolean }
  /** A step of one of those that are not over yet, counted round and round from 0. */
  | { readonly do: 'any-load' | 'any-commit'; readonly which: number; readonly fails: boolean };

interface Reader extends Asker {
  readonly key: unknown;
  /** No older version may be returned: that of the latest write answered before this read began. */
  readonly floor: number;
  /** Loads of the key that had failed before it began. */
  readonly failuresBefore: number;
  checked: boolean;
}

interface Writer extends Asker {
  readonly key: unknown;
  readonly value: unknown;
  checked: boolean;
}

/** A cache with a write path between its readers and writers and a database, and what each of them may be told. */
export class WriteWorld {
  readonly timeline: Timeline;
  readonly database: StepDatabase;
  private readonly readers: Reader[] = [];
  private readonly writers: Writer[] = [];
  /** Version of the latest answered write, by key. */
  private readonly answered = new Map<unknown, number>();
  private readonly cache: WriteInvalidation<unknown, unknown>;
  private mostLoads = Number.POSITIVE_INFINITY;

  constructor(
    story: Story,
    private readonly subject: WriteExports,
    { capacity, initial }: { readonly capacity: number; readonly initial?: readonly [unknown] },
  ) {
    this.timeline = new Timeline(story);
    this.database = new StepDatabase(this.timeline, initial);
    story.given({ en: 'capacity', ko: '용량' }, capacity);
    this.cache = subject.createWriteInvalidation({ db: this.database.contract, capacity });
  }

  /** Makes the moves one after another and looks at every answer as soon as it comes. */
  async play(moves: readonly Move[]): Promise<void> {
    for (const move of moves) await this.move(move);
  }

  /** Lets the database finish whatever it has been asked, oldest first, until nobody waits. */
  async finish(): Promise<void> {
    for (let open = this.database.open; open !== undefined; open = this.database.open) await this.step(open, false);
    const waiting = [...this.readers, ...this.writers].find(({ answer }) => answer === undefined);
    this.timeline.require(waiting === undefined, {
      en: `${waiting?.en} is answered: the database has nothing left to do`,
      ko: `데이터베이스가 할 일을 모두 마쳤으므로 ${waiting?.ko}에도 답함`,
    });
  }

  /** The reader who came last must have been told that the load failed. */
  expectFailedRead(): void {
    this.timeline.expectFailure(this.readers.at(-1) as Reader, FAILURE.load);
  }

  /** From now on, more loads than this are too many: there is one under way to share. */
  allowLoads(atMost: number): void {
    this.mostLoads = atMost;
  }

  /** A read that finds everybody at rest, and has to be answered from memory or by exactly one load. */
  async expectRead(key: unknown, from: 'memory' | 'database'): Promise<void> {
    const { timeline } = this;
    await timeline.inShort(from === 'memory' ? 2 : 5, async () => {
      const { loads } = this.database;
      const before = loads.length;
      const reader = this.startRead(key);
      await this.judge();
      const begun = loads.length - before;
      if (from === 'memory') {
        timeline.require(begun === 0 && reader.answer !== undefined, {
          en: `${reader.en} is answered from memory, without a load`,
          ko: `${reader.ko}에는 로드 없이 메모리에서 답함`,
        });
      } else {
        timeline.require(begun === 1, {
          en: `${reader.en} makes one load of ${show(key)} begin`,
          ko: `${reader.ko}에서 ${show(key)} 로드가 한 번 시작됨`,
        });
      }
      const number = loads.length;
      await this.finish();
      const got = reader.answer?.ok ? show(reader.answer.value) : reader.answer?.message;
      return from === 'memory'
        ? {
            en: `${reader.en}: read ${show(key)} → ${got}, from memory`,
            ko: `${reader.ko}: read ${show(key)} → ${got} (메모리)`,
          }
        : {
            en: `${reader.en}: read ${show(key)} → load ${number} → ${got}`,
            ko: `${reader.ko}: read ${show(key)} → 로드 ${number} → ${got}`,
          };
    });
  }

  private async move(move: Move): Promise<void> {
    const { loads, writes } = this.database;
    if (move.do === 'hold') return await this.expectRead(move.key, 'database');
    if (move.do === 'read') await this.startReads(move.key, move.readers);
    else if (move.do === 'write') this.startWrite(move.key);
    else if ('number' in move) {
      const operation = (move.do === 'load' ? loads : writes)[move.number - 1];
      if (operation !== undefined) await this.step(operation, move.fails);
    } else {
      const open = (move.do === 'any-load' ? loads : writes).filter(({ state }) => state !== 'over');
      const operation = open[move.which % open.length];
      if (operation !== undefined) await this.step(operation, move.fails);
    }
    await this.judge();
  }

  private async step(operation: Operation, fails: boolean): Promise<void> {
    this.tick();
    this.database.step(operation, fails);
    await this.judge();
  }

  /** Nothing happens at the same moment as something else. */
  private tick(): void {
    this.timeline.at(this.timeline.now() + 1);
  }

  private async startReads(key: unknown, count: number): Promise<void> {
    if (count === 1) return void this.startRead(key);
    const enter = (call: () => void) => {
      const read = async () => {
        call();
        return { value: 0, version: 0 };
      };
      return this.subject
        .createWriteInvalidation({ db: { read, write: async () => 1 }, capacity: 1 })
        .read('another cache');
    };
    await inOneGo(enter, () => {
      for (let i = 0; i < count; i++) this.startRead(key, i === 0);
    });
  }

  private startRead(key: unknown, later = true): Reader {
    if (later) this.tick();
    this.database.row(key);
    const number = this.readers.length + 1;
    const reader: Reader = {
      en: `reader ${number}`,
      ko: `읽기 ${number}`,
      key,
      floor: this.answered.get(key) ?? 0,
      failuresBefore: this.database.failuresOf(key),
      answer: undefined,
      checked: false,
    };
    this.readers.push(reader);
    this.timeline.tell(`${reader.en}: read ${show(key)}`, `${reader.ko}: read ${show(key)}`);
    this.timeline.listen(reader, this.cache.read(key));
    return reader;
  }

  private startWrite(key: unknown): void {
    this.tick();
    this.database.row(key);
    const number = this.writers.length + 1;
    const value = `${key}-${number}`;
    const writer: Writer = {
      en: `writer ${number}`,
      ko: `쓰기 ${number}`,
      key,
      value,
      answer: undefined,
      checked: false,
    };
    this.writers.push(writer);
    this.timeline.tell(`${writer.en}: write ${show(key)}, ${value}`, `${writer.ko}: write ${show(key)}, ${value}`);
    this.timeline.listen(writer, this.cache.write(key, value), true);
  }

  private async judge(): Promise<void> {
    await settle();
    for (const writer of this.writers) this.judgeWriter(writer);
    for (const reader of this.readers) this.judgeReader(reader);
    const { loads } = this.database;
    const last = this.readers.at(-1);
    this.timeline.require(loads.length <= this.mostLoads, {
      en: `load ${loads.length - 1} is under way: ${last?.en} shares it and no other begins`,
      ko: `로드 ${loads.length - 1} 진행 중: ${last?.ko}도 함께 기다리고 새 로드는 시작되지 않음`,
    });
  }

  private judgeWriter(writer: Writer): void {
    const { answer } = writer;
    if (answer === undefined || writer.checked) return;
    writer.checked = true;
    const write = this.database.writes.find(({ value }) => value === writer.value);
    this.timeline.require(write?.state === 'over', {
      en: `${writer.en} is not done before the database has confirmed its write`,
      ko: `${writer.ko} 완료는 데이터베이스가 확인한 다음`,
    });
    const { failed, seen } = write as Operation;
    if (failed) {
      const heard = !answer.ok && answer.message.includes(FAILURE.write);
      const wanted = { en: `${writer.en} fails: ${FAILURE.write}`, ko: `${writer.ko} 실패: ${FAILURE.write}` };
      this.timeline.require(heard, wanted, answer.ok ? undefined : answer.message);
    } else {
      const wanted = { en: `${writer.en} is done: its write was confirmed`, ko: `확인 응답을 받은 ${writer.ko} 완료` };
      this.timeline.require(answer.ok, wanted, answer.ok ? undefined : answer.message);
    }
    this.answered.set(writer.key, Math.max(this.answered.get(writer.key) ?? 0, seen.version));
  }

  private judgeReader(reader: Reader): void {
    const { answer, key, floor } = reader;
    if (answer === undefined || reader.checked) return;
    reader.checked = true;
    if (!answer.ok) {
      const failed = this.database.failuresOf(key) > reader.failuresBefore;
      const wanted = failed
        ? { en: `${reader.en} fails: ${FAILURE.load}`, ko: `${reader.ko} 실패: ${FAILURE.load}` }
        : {
            en: `${reader.en} gets a value: no load of ${show(key)} has failed since it began`,
            ko: `${reader.ko} 결과는 값(그 뒤로 실패한 ${show(key)} 로드가 없음)`,
          };
      this.timeline.require(failed && answer.message.includes(FAILURE.load), wanted, answer.message);
      return;
    }
    const version = this.database.versionOf(key, answer.value);
    this.timeline.require(
      version !== undefined,
      {
        en: `${reader.en} gets a value that the database has held`,
        ko: `${reader.ko} 결과는 데이터베이스에 있던 값`,
      },
      answer.value,
    );
    const oldest = show(this.database.valueAt(key, floor));
    this.timeline.require(
      (version as number) >= floor,
      {
        en: `${reader.en} gets ${oldest} or newer: it began after that write was over`,
        ko: `${reader.ko} 결과는 ${oldest} 또는 더 새로운 값(그 쓰기가 끝난 뒤에 시작됨)`,
      },
      answer.value,
    );
  }
}
