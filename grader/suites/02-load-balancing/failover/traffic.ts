import type { HttpRequest, HttpResponse } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Text } from '../../../../simulator/text.ts';
import { show } from '../../../judge/show.ts';
import type { Choice, Sent } from './model.ts';

export type Method = HttpRequest['method'];

/** How an attempt ends: with a status, or without an answer. */
export type Ending = number | 'breaks';

export type Outcome = { readonly response: HttpResponse } | { readonly error: string };

/** Somebody's request, from the call of `handle` until its answer. */
export interface Client {
  readonly number: number;
  readonly request: HttpRequest;
  readonly tried: Set<string>;
  /** What the last attempt came to: what the client must get once it is over. */
  outcome: Outcome | undefined;
  answer: Outcome | undefined;
  over: boolean;
  /** Whether its arrival has been told. */
  told: boolean;
}

/** One request on its way to one server. */
export interface Attempt {
  readonly number: number;
  readonly server: string;
  readonly request: HttpRequest;
  /** Undefined when a request is sent that nobody has made. */
  readonly client: Client | undefined;
  readonly resolve: (response: HttpResponse) => void;
  readonly reject: (error: Error) => void;
  sent: Sent | undefined;
  ended: boolean;
}

export function newClient(number: number, method: Method): Client {
  const request = { method, path: `/photos/${number}` };
  return { number, request, tried: new Set(), outcome: undefined, answer: undefined, over: false, told: false };
}

/** `GET 3`: the third request. */
export function nameOf({ number, request }: Client): string {
  return `${request.method} ${number}`;
}

export function goesTo(client: Client, { servers, because }: Choice): Text {
  return {
    en: `${nameOf(client)} goes to ${servers.join(' or ')}: ${because.en}`,
    ko: `${nameOf(client)} → ${servers.join(' 또는 ')}: ${because.ko}`,
  };
}

export function gets(client: Client, outcome: Outcome): Text {
  const name = nameOf(client);
  return 'response' in outcome
    ? { en: `${name} gets ${show(outcome.response)}`, ko: `${name}의 결과 ${show(outcome.response)}` }
    : { en: `${name} is rejected: ${outcome.error}`, ko: `${name} 거부됨: ${outcome.error}` };
}

export function isSame(answer: Outcome | undefined, outcome: Outcome): boolean {
  if (answer === undefined) return false;
  if ('error' in answer) return 'error' in outcome && answer.error === outcome.error;
  if ('error' in outcome) return false;
  return answer.response?.status === outcome.response.status && answer.response.body === outcome.response.body;
}

/** The error of an attempt that breaks. */
export function broken(attempt: number): string {
  return `connection ${attempt} refused`;
}
