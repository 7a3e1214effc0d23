import { describe, expect, it } from 'vitest';
import { isLocal } from './loopback.ts';

const ask = (headers: Record<string, string>, remoteAddress = '127.0.0.1') =>
  isLocal({ headers, socket: { remoteAddress } });

describe('a request is answered', () => {
  it('when it comes from this machine’s own page', () => {
    expect(ask({ host: 'localhost:4321' })).toBe(true);
    expect(ask({ host: 'localhost:4321', origin: 'http://localhost:4321' })).toBe(true);
    expect(ask({ host: '[::1]:4321' }, '::1')).toBe(true);
  });

  it('never when another machine asks', () => {
    expect(ask({ host: 'localhost:4321' }, '192.168.0.7')).toBe(false);
  });

  it('never when another site’s page asks through this machine’s browser', () => {
    expect(ask({ host: 'localhost:4321', origin: 'http://evil.example' })).toBe(false);
    expect(ask({ host: 'localhost:4321', origin: 'http://localhost:9999' })).toBe(false);
    expect(ask({ host: 'localhost:4321', origin: 'null' })).toBe(false);
    expect(ask({ host: 'localhost:4321', 'sec-fetch-site': 'cross-site' })).toBe(false);
  });

  it('never under a name that somebody else’s DNS points here', () => {
    expect(ask({ host: 'rebound.example:4321' })).toBe(false);
    expect(ask({})).toBe(false);
  });
});
