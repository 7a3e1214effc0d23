import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Text } from '../../simulator/text.ts';
import { courseRoot } from '../catalogue.ts';
import { progressFolder } from '../progress/state.ts';
import { DOCTOR } from '../text/doctor.ts';

const run = promisify(execFile);
const SITE_PORT = 4321;
const OLDEST_NODE = [22, 12] as const;

export interface Finding {
  readonly name: Text;
  /** `optional`: missing, and only some people miss it. */
  readonly state: 'fine' | 'optional' | 'broken';
  /** A version, a path, what went wrong: the same in every language. */
  readonly detail: string | Text;
  readonly mend: Text;
}

type Verdict = Pick<Finding, 'state' | 'detail'>;

/** Looks at everything the course needs of this machine. Changes nothing that it does not undo. */
export async function examine(): Promise<Finding[]> {
  const checks: readonly [Pick<Finding, 'name' | 'mend'>, () => Verdict | Promise<Verdict>][] = [
    [DOCTOR.node, checkNode],
    [DOCTOR.install, checkInstall],
    [DOCTOR.esbuild, checkEsbuild],
    [DOCTOR.isolate, checkIsolate],
    [DOCTOR.progress, checkProgressFolder],
    [DOCTOR.port, checkPort],
    [DOCTOR.quiet, checkQuiet],
    [DOCTOR.browser, checkBrowser],
    [DOCTOR.sandbox, checkSandbox],
  ];
  return Promise.all(
    checks.map(async ([{ name, mend }, check]): Promise<Finding> => {
      try {
        return { name, mend, ...(await check()) };
      } catch (error) {
        return { name, mend, state: 'broken', detail: firstLine(error) };
      }
    }),
  );
}

function checkNode(): Verdict {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const recent = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  return { state: recent ? 'fine' : 'broken', detail: process.version };
}

/** Every package of package.json at exactly the version that it names. */
function checkInstall(): Verdict {
  const wanted = Object.entries(
    (readJson(join(courseRoot, 'package.json')) as { devDependencies?: Record<string, string> }).devDependencies ?? {},
  );
  const wrong = wanted.filter(([name, version]) => {
    const manifest = join(courseRoot, 'node_modules', ...name.split('/'), 'package.json');
    return !existsSync(manifest) || (readJson(manifest) as { version?: string }).version !== version;
  });
  const names = wrong.map(([name, version]) => `${name}@${version}`);
  return wrong.length === 0
    ? { state: 'fine', detail: String(wanted.length) }
    : { state: 'broken', detail: `${names.slice(0, 3).join(', ')}${names.length > 3 ? ' …' : ''}` };
}

async function checkEsbuild(): Promise<Verdict> {
  const { transform, version } = await import('esbuild');
  await transform('const answer: number = 42', { loader: 'ts' });
  return { state: 'fine', detail: version };
}

/** In a process of its own: a binary for another system takes the whole process down. */
async function checkIsolate(): Promise<Verdict> {
  const script = `
    const ivm = require('isolated-vm');
    const isolate = new ivm.Isolate({ memoryLimit: 8 });
    process.stdout.write(String(isolate.createContextSync().evalSync('6 * 7')));`;
  const { stdout } = await run(process.execPath, ['--no-node-snapshot', '-e', script], {
    cwd: courseRoot,
    timeout: 10_000,
  });
  return stdout === '42' ? { state: 'fine', detail: '' } : { state: 'broken', detail: stdout };
}

function checkProgressFolder(): Verdict {
  const probe = join(progressFolder(), `doctor.${process.pid}.tmp`);
  mkdirSync(progressFolder(), { recursive: true });
  writeFileSync(probe, '');
  rmSync(probe);
  return { state: 'fine', detail: '' };
}

async function checkPort(): Promise<Verdict> {
  if (await isFree(SITE_PORT)) return { state: 'fine', detail: DOCTOR.port.free };
  const page = await fetch(`http://localhost:${SITE_PORT}/`, { signal: AbortSignal.timeout(2000) })
    .then((response) => response.text())
    .catch(() => '');
  return page.includes('Zero to Millions')
    ? { state: 'fine', detail: DOCTOR.port.course }
    : { state: 'broken', detail: '' };
}

/** On both addresses that `localhost` stands for; a machine without IPv6 has nothing in the way there. */
async function isFree(port: number): Promise<boolean> {
  const answers = await Promise.all(['127.0.0.1', '::1'].map((host) => tryListening(port, host)));
  return !answers.includes('EADDRINUSE');
}

function tryListening(port: number, host: string): Promise<string | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code));
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(undefined)));
  });
}

function checkQuiet(): Verdict {
  const file = join(courseRoot, '.npmrc');
  const quiet = existsSync(file) && /^[ \t]*loglevel[ \t]*=[ \t]*silent/m.test(readFileSync(file, 'utf8'));
  return { state: quiet ? 'fine' : 'optional', detail: '' };
}

async function checkBrowser(): Promise<Verdict> {
  const { chromium } = await import('playwright-core');
  const places = [
    ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].flatMap(onPath),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    join(process.env.PROGRAMFILES ?? '', 'Google', 'Chrome', 'Application', 'chrome.exe'),
    chromium.executablePath(),
  ];
  const found = places.find((place) => place !== '' && existsSync(place));
  return { state: found === undefined ? 'optional' : 'fine', detail: found ?? '' };
}

async function checkSandbox(): Promise<Verdict> {
  if (process.platform !== 'linux') return { state: 'optional', detail: process.platform };
  try {
    await run('bwrap', ['--unshare-all', '--die-with-parent', '--ro-bind', '/', '/', 'true'], { timeout: 5000 });
    await run('prlimit', ['--version'], { timeout: 5000 });
    return { state: 'fine', detail: 'bwrap, prlimit' };
  } catch (error) {
    return { state: 'optional', detail: firstLine(error) };
  }
}

function onPath(name: string): string[] {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .filter((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The telling line of an error: for a failed process its own last words, not the command line. */
function firstLine(error: unknown): string {
  const { stderr, message } = error as { readonly stderr?: string; readonly message?: string };
  const lines = (stderr?.trim() || (message ?? String(error))).split('\n');
  return (lines.find((line) => /error/i.test(line)) ?? lines[0] ?? '').trim();
}
