import type { CreateReadThrough, ReadThrough } from '../../../exercises/04-caching-and-cdn/contract.ts';
import { show } from '../../judge/show.ts';
import type { Story } from '../../suite.ts';
import { type Asker, inOneGo, settle, Timeline } from './timeline.ts';

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
  readonly timeline: Timeline;
  readonly loads: Load[] = [];
  private readonly cache: ReadThrough<unknown, unknown>;
  private readers = 0;
  /** Message of the error that the next load throws instead of returning a promise. */
  private throwing: string | undefined;
  private thrown: string | undefined;

  constructor(
    story: Story,
    private readonly subject: ReadExports,
    { ttlMs, capacity }: { readonly ttlMs: number; readonly capacity: number },
  ) {
    this.timeline = new Timeline(story);
    story.given({ en: 'ttlMs', ko: 'ttlMs' }, ttlMs);
    story.given({ en: 'capacity', ko: '용량' }, capacity);
    this.cache = subject.createReadThrough({ load: this.load, ttlMs, capacity, now: this.timeline.now });
  }

  /** A reader calls `get`; what can be answered at once is answered when this resolves. */
  async ask(key: unknown): Promise<Asker> {
    const reader = this.start(key);
    await settle();
    return reader;
  }

  private start(key: unknown): Asker {
    const number = ++this.readers;
    const reader: Asker = { en: `reader ${number}`, ko: `읽기 ${number}`, answer: undefined };
    this.timeline.tell(`${reader.en}: get ${show(key)}`, `${reader.ko}: get ${show(key)}`);
    this.thrown = undefined;
    const promise = this.timeline.promised(
      'get',
      () => this.cache.get(key),
      () => this.thrown,
    );
    this.timeline.listen(reader, promise);
    return reader;
  }

  /** Readers who all call `get` before anything else can happen: one load has to begin for all of them. */
  async expectShared(key: unknown, count: number): Promise<Asker[]> {
    const before = this.loads.length;
    const readers: Asker[] = [];
    const enter = (call: () => void) =>
      this.subject
        .createReadThrough({ load: async () => call(), ttlMs: 1, capacity: 1, now: () => 0 })
        .get('another cache');
    await inOneGo(enter, () => {
      for (let i = 0; i < count; i++) readers.push(this.start(key));
    });
    await settle();
    const begun = this.loads.length - before;
    this.timeline.require(
      begun === 1,
      {
        en: `one load of ${show(key)} begins, for all ${count} readers`,
        ko: `함께 온 읽기 ${count}개에 ${show(key)} 로드가 하나만 시작됨`,
      },
      begun,
    );
    for (const reader of readers) this.timeline.expectWaiting(reader);
    return readers;
  }

  /** A reader that must be answered from memory. */
  async expectHit(key: unknown, value: unknown): Promise<void> {
    await this.timeline.inShort(2, async () => {
      const before = this.loads.length;
      const reader = await this.ask(key);
      this.timeline.require(this.loads.length === before, {
        en: `${reader.en} is answered from memory, without a load`,
        ko: `${reader.ko}에는 로드 없이 메모리에서 답함`,
      });
      this.timeline.expectAnswer(reader, value);
      const line = `get ${show(key)} → ${show(value)}`;
      return { en: `${reader.en}: ${line}, from memory`, ko: `${reader.ko}: ${line} (메모리)` };
    });
  }

  /** A reader for whom one load has to begin. */
  async expectMiss(key: unknown): Promise<Asker> {
    const before = this.loads.length;
    const reader = await this.ask(key);
    const begun = this.loads.slice(before);
    const { answer } = reader;
    this.timeline.require(
      begun.length === 1 && Object.is(begun[0]?.key, key),
      {
        en: `${reader.en} makes one load of ${show(key)} begin`,
        ko: `${reader.ko}에서 ${show(key)} 로드가 한 번 시작됨`,
      },
      begun.length === 0 ? answer && (answer.ok ? answer.value : answer.message) : begun.map((load) => load.key),
    );
    this.timeline.expectWaiting(reader);
    return reader;
  }

  /** A reader for whom a load is already under way: nothing new may begin. */
  async expectJoin(key: unknown): Promise<Asker> {
    const before = this.loads.length;
    const reader = await this.ask(key);
    this.timeline.require(this.loads.length === before, {
      en: `${reader.en} shares the load that is under way`,
      ko: `${reader.ko}: 진행 중인 로드를 함께 기다림`,
    });
    this.timeline.expectWaiting(reader);
    return reader;
  }

  async finish(load: Load, value: unknown): Promise<void> {
    this.timeline.tell(
      `load ${load.number} of ${show(load.key)} arrives with ${show(value)}`,
      `로드 ${load.number}(${show(load.key)}) 도착: ${show(value)}`,
    );
    load.resolve(value);
    await settle();
  }

  async fail(load: Load, message: string): Promise<void> {
    this.timeline.tell(
      `load ${load.number} of ${show(load.key)} fails: ${message}`,
      `로드 ${load.number}(${show(load.key)}) 실패: ${message}`,
    );
    load.reject(new Error(message));
    await settle();
  }

  /** A miss whose load is answered at once. */
  async store(key: unknown, value: unknown): Promise<void> {
    await this.timeline.inShort(4, async () => {
      const reader = await this.expectMiss(key);
      const load = this.latest();
      await this.finish(load, value);
      this.timeline.expectAnswer(reader, value);
      const [asked, got] = [`get ${show(key)}`, show(value)];
      return {
        en: `${reader.en}: ${asked} → load ${load.number} → ${got}`,
        ko: `${reader.ko}: ${asked} → 로드 ${load.number} → ${got}`,
      };
    });
  }

  /** From now on, for one load: it throws instead of returning a promise. */
  throwNext(message: string): void {
    this.throwing = message;
  }

  latest(): Load {
    return this.loads.at(-1)!;
  }

  private readonly load = (key: unknown): Promise<unknown> => {
    const number = this.loads.length + 1;
    let load!: Load;
    const promise = new Promise<unknown>((resolve, reject) => {
      load = { number, key: key as string, resolve, reject };
    });
    this.loads.push(load);
    const { throwing } = this;
    if (throwing !== undefined) {
      [this.throwing, this.thrown] = [undefined, throwing];
      this.timeline.tell(
        `load ${number} of ${show(key)} throws at once: ${throwing}`,
        `로드 ${number}(${show(key)}) 즉시 예외: ${throwing}`,
      );
      throw new Error(throwing);
    }
    this.timeline.tell(`load ${number} of ${show(key)} begins`, `로드 ${number}(${show(key)}) 시작`);
    return promise;
  };
}
