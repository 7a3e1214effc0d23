import type { CreateReadThrough, ReadThrough } from '../../../exercises/04-caching-and-cdn/contract.ts';
import type { Story } from '../../suite.ts';
import { type Asker, expectAnswer, expectFailure, expectWaiting, listen, settle } from './waiting.ts';

export interface ReadExports {
  readonly createReadThrough: CreateReadThrough;
}

/** A load that the cache has begun; it ends when the case says so. */
export interface Load {
  readonly number: number;
  readonly key: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A read-through cache, its readers, and a database whose every answer is under the case's control. */
export class ReadWorld {
  readonly loads: Load[] = [];
  private readonly cache: ReadThrough<string, unknown>;
  private time = 0;
  private readers = 0;
  private throwing: string | undefined;

  constructor(
    private readonly story: Story,
    subject: ReadExports,
    { ttlMs, capacity }: { readonly ttlMs: number; readonly capacity: number },
  ) {
    story.given({ en: 'ttlMs', ko: 'ttlMs' }, ttlMs);
    story.given({ en: 'capacity', ko: '용량' }, capacity);
    this.cache = subject.createReadThrough({ load: this.load, ttlMs, capacity, now: this.now });
  }

  /** A reader calls `get`; what can be answered at once is answered when this resolves. */
  async ask(key: string): Promise<Asker> {
    const number = ++this.readers;
    const reader: Asker = { en: `reader ${number}`, ko: `읽기 ${number}`, answer: undefined };
    this.story.happens({ en: `${reader.en}: get ${key}`, ko: `${reader.ko}: get ${key}` }, this.time);
    listen(this.story, reader, this.cache.get(key), this.now);
    await settle();
    return reader;
  }

  /** A reader that must be answered from memory. */
  async expectHit(key: string, value: unknown): Promise<void> {
    const before = this.loads.length;
    const reader = await this.ask(key);
    this.story.require(this.loads.length === before, {
      en: `${reader.en} is answered from memory, without a load`,
      ko: `${reader.ko}에는 로드 없이 메모리에서 답함`,
    });
    expectAnswer(this.story, reader, value);
  }

  /** A reader for whom one load has to begin. */
  async expectMiss(key: string): Promise<Asker> {
    const before = this.loads.length;
    const reader = await this.ask(key);
    const begun = this.loads.slice(before);
    this.story.require(
      begun.length === 1 && begun[0]?.key === key,
      { en: `${reader.en} makes one load of ${key} begin`, ko: `${reader.ko}에서 ${key} 로드가 한 번 시작됨` },
      begun.map((load) => load.key),
    );
    expectWaiting(this.story, reader);
    return reader;
  }

  /** A reader for whom a load is already under way: nothing new may begin. */
  async expectJoin(key: string): Promise<Asker> {
    const before = this.loads.length;
    const reader = await this.ask(key);
    this.story.require(this.loads.length === before, {
      en: `${reader.en} joins the load that is under way`,
      ko: `${reader.ko}에서는 진행 중인 로드를 함께 기다림`,
    });
    expectWaiting(this.story, reader);
    return reader;
  }

  async finish(load: Load, value: unknown): Promise<void> {
    this.tell(`load ${load.number} of ${load.key} arrives`, `로드 ${load.number}(${load.key}) 도착`);
    load.resolve(value);
    await settle();
  }

  async fail(load: Load, message: string): Promise<void> {
    this.tell(
      `load ${load.number} of ${load.key} fails: ${message}`,
      `로드 ${load.number}(${load.key}) 실패: ${message}`,
    );
    load.reject(new Error(message));
    await settle();
  }

  /** A miss whose load is answered at once. */
  async store(key: string, value: unknown): Promise<void> {
    const reader = await this.expectMiss(key);
    await this.finish(this.latest(), value);
    expectAnswer(this.story, reader, value);
  }

  /** From now on, for one load: it throws instead of returning a promise. */
  throwNext(message: string): void {
    this.throwing = message;
  }

  at(timeMs: number): void {
    this.time = timeMs;
  }

  latest(): Load {
    return this.loads.at(-1)!;
  }

  expectAnswer(reader: Asker, value: unknown): void {
    expectAnswer(this.story, reader, value);
  }

  expectFailure(reader: Asker, message: string): void {
    expectFailure(this.story, reader, message);
  }

  expectWaiting(reader: Asker): void {
    expectWaiting(this.story, reader);
  }

  readonly now = (): number => this.time;

  private readonly load = (key: string): Promise<unknown> => {
    const number = this.loads.length + 1;
    let load!: Load;
    const promise = new Promise<unknown>((resolve, reject) => {
      load = { number, key, resolve, reject };
    });
    this.loads.push(load);
    if (this.throwing !== undefined) {
      const message = this.throwing;
      this.throwing = undefined;
      this.tell(`load ${number} of ${key} throws at once: ${message}`, `로드 ${number}(${key}) 즉시 예외: ${message}`);
      throw new Error(message);
    }
    this.tell(`load ${number} of ${key} begins`, `로드 ${number}(${key}) 시작`);
    return promise;
  };

  private tell(en: string, ko: string): void {
    this.story.happens({ en, ko }, this.time);
  }
}
