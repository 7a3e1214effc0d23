import type { CreateEdge, Edge, NearestEdge, OriginResponse } from '../../../exercises/04-caching-and-cdn/contract.ts';
import { show } from '../../judge/show.ts';
import type { Story } from '../../suite.ts';
import { type Asker, expectAnswer, expectFailure, expectWaiting, listen, settle } from './waiting.ts';

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
  over: boolean;
  readonly resolve: (response: OriginResponse) => void;
  readonly reject: (error: Error) => void;
}

/** An edge server, its readers, and an origin whose every answer is under the case's control. */
export class EdgeWorld {
  readonly fetches: OriginFetch[] = [];
  private readonly edge: Edge;
  private readonly policy: Required<Policy>;
  private time = 0;
  private readers = 0;
  private throwing: string | undefined;

  constructor(
    private readonly story: Story,
    subject: EdgeExports,
    policy: Policy = {},
  ) {
    this.policy = { maxAgeMs: 10, staleWhileRevalidateMs: 30, immutable: false, ...policy };
    const { maxAgeMs, staleWhileRevalidateMs, immutable } = this.policy;
    story.given({ en: 'maxAgeMs', ko: 'maxAgeMs' }, maxAgeMs);
    story.given({ en: 'staleWhileRevalidateMs', ko: 'staleWhileRevalidateMs' }, staleWhileRevalidateMs);
    if (immutable) story.given({ en: 'immutable', ko: 'immutable' }, true);
    this.edge = subject.createEdge({ fetchOrigin: this.fetchOrigin, now: this.now });
  }

  /** A reader calls `get`; what can be answered at once is answered when this resolves. */
  async ask(url: string): Promise<Asker> {
    const number = ++this.readers;
    const reader: Asker = { en: `reader ${number}`, ko: `읽기 ${number}`, answer: undefined };
    this.tell(`${reader.en}: get ${url}`, `${reader.ko}: get ${url}`);
    listen(this.story, reader, this.edge.get(url), this.now);
    await settle();
    return reader;
  }

  /** A reader who must be answered from the copy, now. How many fetches begin is for the caller to judge. */
  async expectServed(url: string, body: string): Promise<number> {
    const before = this.fetches.length;
    const reader = await this.ask(url);
    this.story.require(reader.answer !== undefined, {
      en: `${reader.en} is answered at once, from the copy`,
      ko: `${reader.ko}에는 사본으로 바로 답함`,
    });
    expectAnswer(this.story, reader, body);
    return this.fetches.length - before;
  }

  /** Fresh: answered from the copy, and the origin is left alone. */
  async expectFresh(url: string, body: string): Promise<void> {
    const begun = await this.expectServed(url, body);
    this.story.require(
      begun === 0,
      { en: 'the copy is fresh: the origin is not asked', ko: '사본이 신선하므로 원본 서버에 묻지 않음' },
      begun,
    );
  }

  /** Stale: answered from the copy at once, and `begun` fetches begin. */
  async expectStale(url: string, body: string, begun: 0 | 1): Promise<void> {
    const count = await this.expectServed(url, body);
    const expected =
      begun === 1
        ? { en: 'the copy is stale: one fetch begins', ko: '사본이 신선하지 않으므로 가져오기가 한 번 시작됨' }
        : { en: 'a fetch is under way: no other begins', ko: '가져오는 중이므로 새로 시작하지 않음' };
    this.story.require(count === begun, expected, count);
  }

  /** A reader who has to wait for the origin. `begun` fetches begin for them: 0 when one is under way. */
  async expectWait(url: string, begun: 0 | 1): Promise<Asker> {
    const before = this.fetches.length;
    const reader = await this.ask(url);
    expectWaiting(this.story, reader);
    const fetched = this.fetches.slice(before);
    this.story.require(
      fetched.length === begun && fetched.every((one) => one.url === url),
      begun === 1
        ? { en: `${reader.en} makes one fetch of ${url} begin`, ko: `${reader.ko}에서 ${url} 가져오기가 한 번 시작됨` }
        : { en: `${reader.en} waits for the fetch under way`, ko: `${reader.ko}은(는) 진행 중인 가져오기를 기다림` },
      fetched.map((one) => one.url),
    );
    return reader;
  }

  /** A miss that is filled at once. Returns the body. */
  async fill(url: string, policy: Policy = {}): Promise<string> {
    const reader = await this.expectWait(url, 1);
    const body = await this.finish(this.latest(), policy);
    expectAnswer(this.story, reader, body);
    return body;
  }

  /** The origin's answer arrives: `v3` for the third fetch, unless the case says otherwise. */
  async finish(fetch: OriginFetch, policy: Policy & { readonly body?: string } = {}): Promise<string> {
    const { body = `v${fetch.number}`, ...changes } = policy;
    this.tell(`fetch ${fetch.number} arrives with ${show(body)}`, `가져오기 ${fetch.number} 도착: ${show(body)}`);
    fetch.over = true;
    fetch.resolve({ ...this.policy, ...changes, body });
    await settle();
    return body;
  }

  async fail(fetch: OriginFetch, message: string): Promise<void> {
    this.tell(`fetch ${fetch.number} fails: ${message}`, `가져오기 ${fetch.number} 실패: ${message}`);
    fetch.over = true;
    fetch.reject(new Error(message));
    await settle();
  }

  async purge(path: string): Promise<void> {
    this.story.call('purge', [path], () => this.edge.purge(path), this.time);
    await settle();
  }

  /** From now on, for one fetch: it throws instead of returning a promise. */
  throwNext(message: string): void {
    this.throwing = message;
  }

  at(timeMs: number): void {
    this.time = timeMs;
  }

  latest(): OriginFetch {
    return this.fetches.at(-1)!;
  }

  expectAnswer(reader: Asker, body: string): void {
    expectAnswer(this.story, reader, body);
  }

  expectFailure(reader: Asker, message: string): void {
    expectFailure(this.story, reader, message);
  }

  expectWaiting(reader: Asker): void {
    expectWaiting(this.story, reader);
  }

  expectFetches(atMost: number, why: { readonly en: string; readonly ko: string }): void {
    const count = this.fetches.length;
    this.story.require(count <= atMost, why, count);
  }

  readonly now = (): number => this.time;

  private readonly fetchOrigin = (url: string): Promise<OriginResponse> => {
    const number = this.fetches.length + 1;
    let fetch!: OriginFetch;
    const promise = new Promise<OriginResponse>((resolve, reject) => {
      fetch = { number, url, over: false, resolve, reject };
    });
    this.fetches.push(fetch);
    if (this.throwing !== undefined) {
      const message = this.throwing;
      this.throwing = undefined;
      fetch.over = true;
      this.tell(
        `fetch ${number} of ${url} throws at once: ${message}`,
        `가져오기 ${number}(${url}) 즉시 예외: ${message}`,
      );
      throw new Error(message);
    }
    this.tell(`fetch ${number} of ${url} begins`, `가져오기 ${number}(${url}) 시작`);
    return promise;
  };

  private tell(en: string, ko: string): void {
    this.story.happens({ en, ko }, this.time);
  }
}
