import { describe, expect, it } from 'vitest';
import { nameOfProxy, proxyFor, proxyOptions } from '../../src/lib/proxy.ts';

const http = 'http://plain.test:3128';
const https = 'http://tls.test:3128';

describe('E8: the proxy on the way to an address', () => {
  it.each([
    ['https://api.halo.test', { http, https }, https],
    ['http://api.halo.test', { http, https }, http],
    ['https://api.halo.test', { http }, http],
    ['http://api.halo.test', { https }, undefined],
    ['https://api.halo.test', {}, undefined],
    ['https://api.halo.test', { https, except: 'api.halo.test' }, undefined],
    ['https://api.halo.test', { https, except: 'localhost, HALO.test' }, undefined],
    ['https://api.halo.test', { https, except: 'localhost .halo.test' }, undefined],
    ['https://api.halo.test', { https, except: '*.halo.test' }, undefined],
    ['https://api.halo.test', { https, except: '*' }, undefined],
    ['https://api.halo.test', { https, except: 'api.halo.test:443' }, undefined],
    ['https://api.halo.test:8443', { https, except: 'api.halo.test:443' }, https],
    ['https://api.halo.test', { https, except: 'lo.test' }, https],
    ['https://api.halo.test', { https, except: 'other.test,,  ' }, https],
    ['https://api.halo.test', { https, except: '.' }, https],
    ['http://127.0.0.1:8080', { http, except: 'localhost' }, http],
    ['http://127.0.0.1:8080', { http, except: '127.0.0.1' }, undefined],
    ['http://[::1]:8080', { http, except: '[::1]' }, undefined],
    ['http://[::1]:8080', { http, except: '[::1]:8080' }, undefined],
  ])('%s with %j: %s', (target, proxies, expected) => {
    expect(proxyFor(target, proxies)?.origin).toBe(expected);
  });

  it('is named without its credentials, which it gets all the same', () => {
    const proxy = new URL('http://user:p%40ss@proxy.test:3128');
    expect(nameOfProxy(proxy)).toBe('http://proxy.test:3128');
    expect(proxyOptions(proxy)).toEqual({
      uri: 'http://proxy.test:3128',
      token: `Basic ${btoa('user:p@ss')}`,
    });
    expect(proxyOptions(new URL('http://user@proxy.test')).token).toBe(`Basic ${btoa('user:')}`);
    expect(proxyOptions(new URL('http://proxy.test')).token).toBeUndefined();
  });
});
