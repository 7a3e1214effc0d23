import type { CreateEdge, Edge, NearestEdge, OriginResponse } from '../../../exercises/04-caching-and-cdn/contract.ts';
import { show } from '../../judge/show.ts';
import type { Story } from '../../suite.ts';
import { type Asker, inOneGo, settle, Timeline } from './timeline.ts';

export interface EdgeExports {
  readonly createEdge: CreateEdge;
  readonly nearestEdge: NearestEdge;
}

/** How long the origin lets its answers be kept; what a case does not say is 10 ms fresh, 30 ms stale. */
export interface Policy {
  readonly maxAgeMs?: number;
  readonly staleWhileRevalidateMs?: number;
  readonly immutable?: boolean;
}

/** A fetch that the edge has begun; it ends when the case says so. */
export interface OriginFetch {
  readonly number: number;
  readonly url: string;
  readonly resolve: (response: OriginResponse) => void;
  readonly reject: (error: Error) => void;
}

/** An edge server, its readers, and an origin whose every answer is under the case's control. */
export class EdgeWorld {
  readonly timeline: Timeline;
  readonly fetches: OriginFetch[] = [];
  private readonly edge: Edge;
  private readonly policy: Required<Policy>;
  private readers = 0;
  /** Message of the error that the next fetch throws instead of returning a promise. */
  private throwing: string | undefined;
  private thrown: string | undefined;

  constructor(
    story: Story,
    private readonly subject: EdgeExports,
    policy: Policy = {},
  ) {
    this.timeline = new Timeline(story);
    this.policy = { maxAgeMs: 10, staleWhileRevalidateMs: 30, immutable: false, ...policy };
    const { maxAgeMs, staleWhileRevalidateMs, immutable } = this.policy;
    story.given({ en: 'maxAgeMs', ko: 'maxAgeMs' }, maxAgeMs);
    story.given({ en: 'staleWhileRevalidateMs', ko: 'staleWhileRevalidateMs' }, staleWhileRevalidateMs);
    if (immutable) story.given({ en: 'immutable', ko: 'immutable' }, true);
    this.edge = subject.createEdge({ fetchOrigin: this.fetchOrigin, now: this.timeline.now });
  }

  /** A reader calls `get`; what can be answered at once is answered when this resolves. */
  async ask(url: string): Promise<Asker> {
    const reader = this.start(url);
    await settle();
    return reader;
  }

  private start(url: string): Asker {
    const number = ++this.readers;
    const reader: Asker = { en: `reader ${number}`, ko: `읽기 ${number}`, answer: undefined };
    this.timeline.tell(`${reader.en}: get ${url}`, `${reader.ko}: get ${url}`);
    this.thrown = undefined;
    const promise = this.timeline.promised(
      'get',
      () => this.edge.get(url),
      () => this.thrown,
    );
    this.timeline.listen(reader, promise);
    return reader;
  }

  /** Readers who all call `get` before anything else can happen: one fetch has to begin for all of them. */
  async expectShared(url: string, count: number): Promise<Asker[]> {
    const before = this.fetches.length;
    const readers: Asker[] = [];
    const enter = (call: () => void) => {
      const fetchOrigin = async () => {
        call();
        return { body: '', maxAgeMs: 1, staleWhileRevalidateMs: 0 };
      };
      return this.subject.createEdge({ fetchOrigin, now: () => 0 }).get('/another-edge');
    };
    await inOneGo(enter, () => {
      for (let i = 0; i < count; i++) readers.push(this.start(url));
    });
    await settle();
    const begun = this.fetches.length - before;
    this.timeline.require(
      begun === 1,
      {
        en: `one fetch of ${url} begins, for all ${count} readers`,
        ko: `함께 온 읽기 ${count}개에 ${url} 가져오기가 하나만 시작됨`,
      },
      begun,
    );
    return readers;
  }

  /** A reader who must be answered from the copy, now. How many fetches begin is for the caller to judge. */
  async expectServed(url: string, body: string): Promise<{ readonly reader: Asker; readonly begun: number }> {
    const before = this.fetches.length;
    const reader = await this.ask(url);
    this.timeline.require(reader.answer !== undefined, {
      en: `${reader.en} is answered at once, from the copy`,
      ko: `${reader.ko}에는 사본으로 바로 답함`,
    });
    this.timeline.expectAnswer(reader, body);
    return { reader, begun: this.fetches.length - before };
  }

  /** Fresh: answered from the copy, and the origin is left alone. */
  async expectFresh(url: string, body: string): Promise<void> {
    await this.timeline.inShort(2, async () => {
      const { reader, begun } = await this.expectServed(url, body);
      this.timeline.require(begun === 0, {
        en: 'no fetch begins: the copy is still fresh',
        ko: '사본이 아직 신선하므로 가져오기를 시작하지 않음',
      });
      const line = `get ${url} → ${show(body)}`;
      return { en: `${reader.en}: ${line}, from the copy`, ko: `${reader.ko}: ${line} (사본)` };
    });
  }

  /** Stale: answered from the copy at once, and `begun` fetches begin. */
  async expectStale(url: string, body: string, begun: 0 | 1): Promise<void> {
    const { begun: count } = await this.expectServed(url, body);
    if (begun === 0) {
      this.timeline.require(count === 0, {
        en: 'no other fetch begins: one is under way',
        ko: '진행 중인 가져오기가 있으므로 새로 시작하지 않음',
      });
    } else if (count === 0) {
      this.timeline.require(false, {
        en: 'a fetch begins, because the copy is no longer fresh',
        ko: '사본이 낡았으므로 가져오기가 시작됨',
      });
    } else {
      this.timeline.require(count === 1, { en: 'one fetch begins', ko: '가져오기가 한 번만 시작됨' }, count);
    }
  }

  /** A reader who has to wait for the origin. `begun` fetches begin for them: 0 when one is under way. */
  async expectWait(url: string, begun: 0 | 1): Promise<Asker> {
    const before = this.fetches.length;
    const reader = await this.ask(url);
    this.timeline.expectWaiting(reader, {
      en: `${reader.en} has to wait for the origin`,
      ko: `${reader.ko}: 원본 서버의 답을 기다려야 함`,
    });
    const fetched = this.fetches.slice(before);
    const wanted =
      begun === 1
        ? { en: `${reader.en} makes one fetch of ${url} begin`, ko: `${reader.ko}에서 ${url} 가져오기가 한 번 시작됨` }
        : {
            en: `${reader.en} shares the fetch that is under way`,
            ko: `${reader.ko}: 진행 중인 가져오기를 함께 기다림`,
          };
    this.timeline.require(fetched.length === begun && fetched.every((one) => one.url === url), wanted);
    return reader;
  }

  /** A miss that is filled at once. Returns the body. */
  async fill(url: string, policy: Policy = {}): Promise<string> {
    let body = '';
    await this.timeline.inShort(4, async () => {
      const reader = await this.expectWait(url, 1);
      const fetch = this.latest();
      body = await this.finish(fetch, policy);
      this.timeline.expectAnswer(reader, body);
      const got = show(body);
      return {
        en: `${reader.en}: get ${url} → fetch ${fetch.number} → ${got}`,
        ko: `${reader.ko}: get ${url} → 가져오기 ${fetch.number} → ${got}`,
      };
    });
    return body;
  }

  /** The origin's answer arrives: `v3` for the third fetch, unless the case says otherwise. */
  async finish(fetch: OriginFetch, policy: Policy & { readonly body?: string } = {}): Promise<string> {
    const { body = `v${fetch.number}`, ...changes } = policy;
    this.timeline.tell(
      `fetch ${fetch.number} arrives with ${show(body)}`,
      `가져오기 ${fetch.number} 도착: ${show(body)}`,
    );
    fetch.resolve({ ...this.policy, ...changes, body });
    await settle();
    return body;
  }

  async fail(fetch: OriginFetch, message: string): Promise<void> {
    this.timeline.tell(`fetch ${fetch.number} fails: ${message}`, `가져오기 ${fetch.number} 실패: ${message}`);
    fetch.reject(new Error(message));
    await settle();
  }

  async purge(path: string): Promise<void> {
    this.timeline.tell(`purge ${path}`, `purge ${path}`);
    this.edge.purge(path);
    await settle();
  }

  /** From now on, for one fetch: it throws instead of returning a promise. */
  throwNext(message: string): void {
    this.throwing = message;
  }

  latest(): OriginFetch {
    return this.fetches.at(-1)!;
  }

  private readonly fetchOrigin = (url: string): Promise<OriginResponse> => {
    const number = this.fetches.length + 1;
    let fetch!: OriginFetch;
    const promise = new Promise<OriginResponse>((resolve, reject) => {
      fetch = { number, url, resolve, reject };
    });
    this.fetches.push(fetch);
    const { throwing } = this;
    if (throwing !== undefined) {
      [this.throwing, this.thrown] = [undefined, throwing];
      this.timeline.tell(
        `fetch ${number} of ${url} throws at once: ${throwing}`,
        `가져오기 ${number}(${url}) 즉시 예외: ${throwing}`,
      );
      throw new Error(throwing);
    }
    this.timeline.tell(`fetch ${number} of ${url} begins`, `가져오기 ${number}(${url}) 시작`);
    return promise;
  };
}
