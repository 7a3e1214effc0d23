import { existsSync, globSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, resolve, sep } from 'node:path';
import type { Plugin } from 'vite';
import { bundle } from './bundle.ts';
import { grade } from './grade.ts';
import { isLocal } from './loopback.ts';

/** Where the page asks for an exercise's code, followed by its id. */
export const CODE_PATH = '/@course/code/';
/** Where the page asks for an exercise's verdict, with POST. */
const GRADE_PATH = '/@course/grade/';
/** Sent to every page over the dev server's own socket when a file in `exercises/` was saved. */
export const SAVED_EVENT = 'course:saved';

/**
 * The learner's own code on the page, in development only: bundles `exercises/<lesson>/<id>.ts` on request and
 * tells the page when a file was saved; grades them when asked. Knows the course's own exercises and nothing else,
 * and answers to this machine only.
 * @param course folder of the course
 * @param root folder whose `exercises/` hold the learner's code
 */
export function learnerLane(course: string, root = course): Plugin {
  const folder = resolve(root, 'exercises') + sep;
  return {
    name: 'course:learner-lane',
    apply: 'serve',
    handleHotUpdate: ({ file }) => (resolve(file).startsWith(folder) && file.endsWith('.ts') ? [] : undefined),
    configureServer(server) {
      server.watcher.add(folder);
      const saved = (file: string) => {
        if (!resolve(file).startsWith(folder) || !file.endsWith('.ts')) return;
        server.ws.send({ type: 'custom', event: SAVED_EVENT, data: { exercise: basename(file, '.ts') } });
      };
      server.watcher.on('change', saved);
      server.watcher.on('add', saved);
      server.middlewares.use(CODE_PATH, (request, response) => void answerCode(root, request, response));
      server.middlewares.use(GRADE_PATH, (request, response) => void answerGrade(course, root, request, response));
    },
  };
}

async function answerCode(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isLocal(request)) return reply(response, 403, { error: 'this address answers to this machine only' });
  const { id } = asked(request);
  const file = exerciseFile(root, id);
  if (!file) return reply(response, 404, { error: `no exercise of this name: ${id}` });
  try {
    reply(response, 200, await bundle(root, file));
  } catch (failure) {
    reply(response, 500, { error: String(failure) });
  }
}

async function answerGrade(
  course: string,
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isLocal(request)) return reply(response, 403, { error: 'this address answers to this machine only' });
  if (request.method !== 'POST') return reply(response, 405, { error: 'ask with POST' });
  const { id, query } = asked(request);
  const file = exerciseFile(root, id);
  if (!file) return reply(response, 404, { error: `no exercise of this name: ${id}` });
  try {
    const language = query.get('lang') === 'ko' ? 'ko' : 'en';
    reply(response, 200, await grade(course, id, language, root === course ? undefined : resolve(root, file)));
  } catch (failure) {
    reply(response, 500, { error: failure instanceof Error ? failure.message : String(failure) });
  }
}

function asked(request: IncomingMessage): { id: string; query: URLSearchParams } {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  return { id: path.replace(/^\/+/, ''), query: new URLSearchParams(query) };
}

/** The file of an exercise, relative to the course; undefined when there is none of this id. */
export function exerciseFile(root: string, id: string): string | undefined {
  if (!/^[a-z0-9-]+$/.test(id)) return undefined;
  const [file] = globSync(`exercises/*/${id}.ts`, { cwd: root });
  return file && existsSync(resolve(root, file.replace(/\.ts$/, '.mdx'))) ? file.split(sep).join('/') : undefined;
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
