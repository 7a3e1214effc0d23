import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

/** `npm start`: the site with the learner's own code on localhost, opened where this machine has a desktop. */
const { values } = parseArgs({
  options: { port: { type: 'string', default: '4321' }, 'no-open': { type: 'boolean', default: false } },
});

// Set before Astro is loaded, which reads both when it starts: the course never talks to the network.
process.env.ASTRO_TELEMETRY_DISABLED = '1';
process.env.ASTRO_DISABLE_UPDATE_CHECK = 'true';
const { dev } = await import('astro');
const server = await dev({ root: process.cwd(), server: { port: Number(values.port), host: '127.0.0.1' } });
const url = `http://localhost:${server.address.port}/`;
console.log(`\n  The course is at ${url}  (Ctrl+C stops it)\n`);
if (!values['no-open'] && hasDesktop()) open(url);

function hasDesktop(): boolean {
  if (process.env.CI || process.env.SSH_CONNECTION) return false;
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Asks the desktop to show a page; a desktop that cannot is no reason to stop, the address is printed. */
function open(page: string): void {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', page]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', page]
        : ['xdg-open', page];
  spawn(command as string, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
