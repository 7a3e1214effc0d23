import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** The site as it is published, built into a folder of its own and served from it. */
export interface BuiltSite {
  readonly url: string;
  /** Paths of all pages: `/`, `/ko/`, `/02-load-balancing/` … */
  readonly pages: readonly string[];
  readonly html: (page: string) => string;
  /** Every file that a browser could fetch, with its text. */
  readonly files: () => readonly { readonly path: string; readonly text: string }[];
  readonly stop: () => void;
}

/** @param options.withheld builds without the solutions */
export async function buildSite(options: { readonly withheld?: boolean } = {}): Promise<BuiltSite> {
  const folder = mkdtempSync(join(tmpdir(), 'site-'));
  const build = spawnSync(process.execPath, ['node_modules/astro/bin/astro.mjs', 'build', '--outDir', folder], {
    encoding: 'utf8',
    env: {
      ...process.env,
      ASTRO_TELEMETRY_DISABLED: '1',
      NODE_ENV: 'production',
      VITEST: undefined,
      WITHHOLD_SOLUTIONS: options.withheld ? '1' : '0',
    },
  });
  if (build.status !== 0) throw new Error(`the site does not build:\n${build.stdout}\n${build.stderr}`);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname);
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    const found = file.startsWith(folder + sep) && existsSync(file) && statSync(file).isFile();
    const shown = found ? file : join(folder, '404.html');
    response.writeHead(found ? 200 : 404, { 'content-type': TYPES[extname(shown)] ?? 'application/octet-stream' });
    createReadStream(shown).pipe(response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    pages: globSync('**/index.html', { cwd: folder }).map((file) =>
      `/${file.split(sep).join('/')}`.replace(/index\.html$/, ''),
    ),
    html: (page) => readFileSync(join(folder, page, 'index.html'), 'utf8'),
    files: () =>
      globSync('**/*.{html,js,css,json,svg}', { cwd: folder }).map((path) => ({
        path,
        text: readFileSync(join(folder, path), 'utf8'),
      })),
    stop: () => {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
