import { existsSync, globSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, resolve, sep } from 'node:path';
import type { Plugin } from 'vite';
import { bundle } from './bundle.ts';
import { startGrading } from './grade.ts';
import type { GradeEvent } from './grade-event.ts';
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
      server.middlewares.use(GRADE_PATH, (request, response) => answerGrade(course, root, request, response));
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

/** One JSON text per line: what happens while it is graded, then the verdict. Whoever hangs up ends the grading. */
function answerGrade(course: string, root: string, request: IncomingMessage, response: ServerResponse): void {
  if (!isLocal(request)) {
    reply(response, 403, { error: 'this address answers to this machine only' });
    return;
  }
  if (request.method !== 'POST') {
    reply(response, 405, { error: 'ask with POST' });
    return;
  }
  const { id, query } = asked(request);
  const file = exerciseFile(root, id);
  if (!file) {
    reply(response, 404, { error: `no exercise of this name: ${id}` });
    return;
  }
  const language = query.get('lang') === 'ko' ? 'ko' : 'en';
  response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' });
  const hear = (event: GradeEvent) => {
    response.write(`${JSON.stringify(event)}\n`);
    if (event.is === 'verdict' || event.is === 'failed') response.end();
  };
  response.on('close', startGrading(course, { exercise: id, file: resolve(root, file), language }, hear));
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
