import type {
  Failover,
  FailoverProxyClass,
  HttpRequest,
  HttpResponse,
} from '../../../../exercises/02-load-balancing/contract.ts';
import { show } from '../../../judge/show.ts';
import type { Story } from '../../../suite.ts';
import { SERVERS } from '../rotation-model.ts';
import { type Choice, FailoverModel, type Sent } from './model.ts';

export interface FailoverExports {
  readonly FailoverProxy: FailoverProxyClass;
}

export type Method = HttpRequest['method'];

export interface Proxying {
  readonly servers?: readonly string[];
  readonly failuresToEject?: number;
  readonly coolDownMs?: number;
}

/** How an attempt ends: with a status, or without an answer. */
export type Ending = number | 'breaks';

type Outcome = { readonly response: HttpResponse } | { readonly error: string };

/** Somebody's request, from the call of `handle` until its answer. */
export interface Client {
  readonly number: number;
  readonly request: HttpRequest;
  readonly tried: Set<string>;
  /** What the last attempt came to: what the client must get once it is over. */
  outcome: Outcome | undefined;
  answer: Outcome | undefined;
  over: boolean;
}

/** One request on its way to one server. */
export interface Attempt {
  readonly number: number;
  readonly server: string;
  readonly request: HttpRequest;
  readonly client: Client | undefined;
  readonly resolve: (response: HttpResponse) => void;
  readonly reject: (error: Error) => void;
  sent: Sent | undefined;
  ended: boolean;
}

const REPEATABLE: ReadonlySet<Method> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/**
 * A proxy between clients and servers whose every answer is under the case's control, followed against the contract:
 * after each thing that happens, the right attempts must have been made, no others, and the right clients answered.
 */
export class FailoverWorld {
  readonly attempts: Attempt[] = [];
  readonly clients: Client[] = [];
  private readonly proxy: Failover;
  private readonly model: FailoverModel;
  private judged = 0;
  private time = 0;
  private prefers: readonly string[];
  private readonly throwing = new Set<string>();

  constructor(
    private readonly story: Story,
    { FailoverProxy }: FailoverExports,
    { servers = ['a', 'b', 'c'], failuresToEject = 1, coolDownMs = 10 }: Proxying = {},
  ) {
    story.given(SERVERS, servers);
    story.given({ en: 'failuresToEject', ko: 'failuresToEject' }, failuresToEject);
    story.given({ en: 'coolDownMs', ko: 'coolDownMs' }, coolDownMs);
    this.prefers = [...servers];
    this.model = new FailoverModel(servers, failuresToEject, coolDownMs);
    this.proxy = new FailoverProxy({
      servers: [...servers],
      choose: (among) => this.prefers.find((server) => among.includes(server)) ?? among[0]!,
      send: this.send,
      now: () => this.time,
      failuresToEject,
      coolDownMs,
    });
  }

  at(timeMs: number): void {
    this.time = timeMs;
  }

  now(): number {
    return this.time;
  }

  /** From now on the balancer takes the first of these that it may. */
  prefer(...servers: string[]): void {
    if (servers.join() === this.prefers.join()) return;
    this.prefers = servers;
    const order = servers.join(' ');
    this.tell(`the balancer now prefers ${order}, in this order`, `이제 로드 밸런서는 ${order} 순으로 고름`);
  }

  /** From now on, or no longer: `send` to this server throws instead of returning a promise. */
  throwsAtOnce(server: string, does = true): void {
    if (does === this.throwing.has(server)) return;
    if (does) this.throwing.add(server);
    else this.throwing.delete(server);
    this.tell(
      does ? `from now on, send to ${server} throws at once` : `send to ${server} works again`,
      does ? `이제부터 ${server}(으)로 보내면 send가 바로 예외를 던짐` : `다시 ${server}(으)로 보낼 수 있음`,
    );
  }

  /** A request arrives. Resolves when everything that can happen without a server's answer has happened. */
  async ask(method: Method = 'GET'): Promise<Client> {
    const [client] = await this.askTogether(method);
    return client!;
  }

  /** Requests that arrive in the same moment; one by one where `send` throws, for then the order would matter. */
  async askTogether(...methods: readonly Method[]): Promise<readonly Client[]> {
    if (methods.length > 1 && this.throwing.size > 0) {
      const clients: Client[] = [];
      for (const method of methods) clients.push(await this.ask(method));
      return clients;
    }
    const clients = methods.map((method) => this.arrive(method));
    await this.follow();
    return clients;
  }

  /** A server answers, or the connection breaks. By default for the attempt that began last. */
  async end(ending: Ending, attempt = this.latest()): Promise<void> {
    const { server, number, request, resolve, reject } = attempt;
    const what = `${request.method} ${request.path}`;
    attempt.ended = true;
    if (ending === 'breaks') {
      const message = broken(number);
      this.tell(`${server}, ${what}: fails, ${message}`, `${server}, ${what}: 실패, ${message}`);
      this.conclude(attempt, { error: message });
      reject(new Error(message));
    } else {
      const response = { status: ending, body: `${server}-${number}` };
      this.tell(`${server}, ${what}: answers ${ending}`, `${server}, ${what}: ${ending} 응답`);
      this.conclude(attempt, { response });
      resolve(response);
    }
    await this.follow();
  }

  /** A request whose attempts end like this, one after another. */
  async run(method: Method, ...endings: Ending[]): Promise<Client> {
    const client = await this.ask(method);
    for (const ending of endings) if (!client.over) await this.end(ending, this.openOf(client));
    return client;
  }

  /** The attempt that this client is waiting for. */
  openOf(client: Client): Attempt {
    return this.attempts.findLast((attempt) => attempt.client === client && !attempt.ended)!;
  }

  open(): readonly Attempt[] {
    return this.attempts.filter(({ ended }) => !ended);
  }

  isOut(server: string): boolean {
    return this.model.isOut(server);
  }

  private latest(): Attempt {
    return this.attempts.findLast(({ ended }) => !ended)!;
  }

  private arrive(method: Method): Client {
    const number = this.clients.length + 1;
    const request = { method, path: `/photos/${number}` };
    const client: Client = { number, request, tried: new Set(), outcome: undefined, answer: undefined, over: false };
    this.clients.push(client);
    this.tell(`request ${number}: ${method} ${request.path}`, `요청 ${number}: ${method} ${request.path}`);
    const promise: unknown = this.proxy.handle(request);
    this.story.require(
      typeof (promise as Promise<unknown> | undefined)?.then === 'function',
      { en: 'a promise comes back', ko: '프로미스를 반환' },
      promise,
    );
    (promise as Promise<HttpResponse>).then(
      (response) => {
        client.answer = { response };
        this.tell(`request ${number} gets ${show(response)}`, `요청 ${number} 결과: ${show(response)}`);
      },
      (error: unknown) => {
        const message = error instanceof Error ? error.message : show(error);
        client.answer = { error: message };
        this.tell(`request ${number} is rejected: ${message}`, `요청 ${number} 거부됨: ${message}`);
      },
    );
    return client;
  }

  /** Lets the learner's code act, then judges each attempt that it has made, and each answer. */
  private async follow(): Promise<void> {
    for (let turn = 0; turn < 80; turn++) await undefined;
    while (this.judged < this.attempts.length) this.judgeAttempt(this.attempts[this.judged++]!);
    for (const client of this.clients) this.judgeClient(client);
  }

  private judgeAttempt(attempt: Attempt): void {
    const { client, server, request } = attempt;
    this.story.require(
      client !== undefined && request.method === client.request.method,
      { en: 'a request is passed on as it came', ko: '요청은 받은 그대로 전달됨' },
      request,
    );
    if (client === undefined) return;
    const choice = client.over ? undefined : this.choiceFor(client);
    this.story.require(choice !== undefined, {
      en: `request ${client.number} is not sent again`,
      ko: `요청 ${client.number}: 다시 보내지 않음`,
    });
    if (choice === undefined) return;
    this.story.require(choice.servers.includes(server), goesTo(client, choice), server);
    client.tried.add(server);
    attempt.sent = this.model.sent(server, choice.role);
    if (attempt.ended) this.conclude(attempt, { error: broken(attempt.number) });
  }

  /** What the outcome of an attempt means by the contract. */
  private conclude({ client, sent }: Attempt, outcome: Outcome): void {
    if (client === undefined || sent === undefined) return;
    const ok = 'response' in outcome && outcome.response.status < 500;
    this.model.ended(sent, ok, this.time);
    client.outcome = outcome;
    client.over = ok || this.choiceFor(client) === undefined;
  }

  private choiceFor({ request, tried }: Client): Choice | undefined {
    const repeatable = REPEATABLE.has(request.method);
    if (!repeatable && tried.size > 0) return undefined;
    return this.model.next(tried, repeatable, this.time, this.prefers);
  }

  private judgeClient(client: Client): void {
    const { number, answer, outcome, over } = client;
    const got = answer && ('response' in answer ? answer.response : answer.error);
    if (over && outcome !== undefined) {
      const wanted =
        'response' in outcome
          ? {
              en: `request ${number} gets ${show(outcome.response)}`,
              ko: `요청 ${number} 결과: ${show(outcome.response)}`,
            }
          : {
              en: `request ${number} is rejected with "${outcome.error}"`,
              ko: `요청 ${number}: "${outcome.error}" 오류로 거부됨`,
            };
      this.story.require(isSame(answer, outcome), wanted, got);
      return;
    }
    const waiting = this.attempts.some((attempt) => attempt.client === client && !attempt.ended);
    const choice = waiting ? undefined : this.choiceFor(client);
    this.story.require(
      answer === undefined && waiting,
      choice === undefined
        ? { en: `request ${number} waits for its server`, ko: `요청 ${number}: 서버의 응답을 기다림` }
        : goesTo(client, choice),
      got,
    );
  }

  private readonly send = (server: string, request: HttpRequest): Promise<HttpResponse> => {
    const number = this.attempts.length + 1;
    const client = this.clients.find(({ request: { path } }) => path === request.path);
    const ended = this.throwing.has(server);
    const line = `${request.method} ${request.path} → ${server}`;
    this.tell(line, line);
    let attempt!: Attempt;
    const promise = new Promise<HttpResponse>((resolve, reject) => {
      attempt = { number, server, request, client, resolve, reject, sent: undefined, ended };
    });
    this.attempts.push(attempt);
    if (!ended) return promise;
    const message = broken(number);
    this.tell(`send throws: ${message}`, `send가 예외를 던짐: ${message}`);
    throw new Error(message);
  };

  private tell(en: string, ko: string): void {
    this.story.happens({ en, ko }, this.time);
  }
}

function goesTo({ number }: Client, { servers, because }: Choice) {
  return {
    en: `request ${number} goes to ${servers.join(' or ')}: ${because.en}`,
    ko: `요청 ${number} → ${servers.join(' 또는 ')}: ${because.ko}`,
  };
}

function isSame(answer: Outcome | undefined, outcome: Outcome): boolean {
  if (answer === undefined) return false;
  if ('error' in answer) return 'error' in outcome && answer.error === outcome.error;
  if ('error' in outcome) return false;
  return answer.response?.status === outcome.response.status && answer.response.body === outcome.response.body;
}

function broken(attempt: number): string {
  return `connection ${attempt} refused`;
}
