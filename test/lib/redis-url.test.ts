/** The forms of REDIS_URL. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isRedisUrl, namesOf, parseRedisUrl } from '../../src/lib/redis-url.ts';

const plain = { kind: 'single', tls: false, username: '', password: '', db: 0, sentinel: null };
const sentinel = { master: 'halo', username: undefined, password: undefined };

it.each([
  ['redis://host', { ...plain, nodes: [{ host: 'host', port: 6379 }] }],
  ['REDIS://host/', { ...plain, nodes: [{ host: 'host', port: 6379 }] }],
  ['rediss://u:p%40%2F@host:1/2', { tls: true, username: 'u', password: 'p@/', db: 2 }],
  ['redis://:secret@[::1]:7', { username: '', password: 'secret', nodes: [{ host: '::1', port: 7 }] }],
  ['redis://u@host?family=4', { username: 'u', password: '' }],
  [
    'redis+sentinel://u:p@a,b:5,[::1]:6/halo/3',
    {
      kind: 'sentinel',
      db: 3,
      sentinel,
      nodes: [
        { host: 'a', port: 26379 },
        { host: 'b', port: 5 },
        { host: '::1', port: 6 },
      ],
    },
  ],
  [
    'rediss+sentinel://a/halo?sentinel_username=s&sentinel_password=p%26',
    { tls: true, sentinel: { master: 'halo', username: 's', password: 'p&' } },
  ],
  ['redis-sentinel://a/1?sentinelMasterId=halo', { kind: 'sentinel', db: 1, sentinel }],
  ['rediss+cluster://a:1,b', { kind: 'cluster', tls: true, db: 0 }],
])('part 7: %s', (url, expected) => {
  expect(parseRedisUrl(url)).toMatchObject(expected);
});

it.each([
  '',
  'host',
  'http://host',
  'redis://',
  'redis://a,b',
  'redis://host:0',
  'redis://host:70000',
  'redis://host/x',
  'redis://host/1/2',
  'redis://u:%zz@host',
  'redis://::1',
  'redis+sentinel://a',
  'redis+sentinel://a/',
  'redis+sentinel://a/halo/x',
  'redis+cluster://a/1',
  'redis+other://a',
])('part 7: refuses %j', (url) => {
  expect(isRedisUrl(url)).toBe(false);
});

it('part 7: no password is in the names for the log, nor in the error of a wrong URL', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9@:/?#%]{8,20}$/), (password) => {
      const secret = encodeURIComponent(`secret${password}`);
      const target = parseRedisUrl(`redis+cluster://u:${secret}@a:1,b:2`);
      expect(target.password).toBe(`secret${password}`);
      expect(namesOf(target)).toBe('a:1, b:2');
      try {
        parseRedisUrl(`redis://u:secret${password}@a,b`);
      } catch (error) {
        expect(String(error)).not.toContain('secret');
      }
    }),
  );
});
