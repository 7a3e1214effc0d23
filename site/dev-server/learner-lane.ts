import { existsSync, globSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, resolve, sep } from 'node:path';
import type { Plugin } from 'vite';
import { bundle } from './bundle.ts';
import { isLocal } from './loopback.ts';

/** Where the page asks for an exercise's code, followed by its id. */
export const CODE_PATH = '/@course/code/';
/** Sent to every page over the dev server's own socket when a file in `exercises/` was saved. */
export const SAVED_EVENT = 'course:saved';

/**
 * The learner's own code on the page, in development only: bundles `exercises/<lesson>/<id>.ts` on request and
 * tells the page when a file was saved. Serves the course's own exercises and nothing else, to this machine only.
 */
export function learnerLane(root: string): Plugin {
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
      server.middlewares.use(CODE_PATH, (request, response) => void answer(root, request, response));
    },
  };
}

async function answer(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isLocal(request)) return reply(response, 403, { error: 'this address answers to this machine only' });
  const id = (request.url ?? '').replace(/^\/+/, '').replace(/\?.*$/, '');
  const file = exerciseFile(root, id);
  if (!file) return reply(response, 404, { error: `no exercise of this name: ${id}` });
  try {
    reply(response, 200, await bundle(root, file));
  } catch (failure) {
    reply(response, 500, { error: String(failure) });
  }
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
