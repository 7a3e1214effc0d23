import { spawn } from 'node:child_process';

/** Opens an address in whatever browser the system prefers; where there is none, nothing happens. */
export function openUrl(url: string): void {
  const [command, ...words] = {
    darwin: ['open', url],
    win32: ['cmd', '/c', 'start', '', url.replaceAll('&', '^&')],
  }[process.platform as string] ?? ['xdg-open', url];
  spawn(command ?? 'xdg-open', words, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
