/** Variables that are probably typos. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { environmentSchema } from '../src/environment.ts';
import { unknownVariables } from '../src/unknown-variables.ts';

const declared = Object.keys(environmentSchema.shape);
const found = (...names: readonly string[]) =>
  unknownVariables(Object.fromEntries(names.map((name) => [name, 'x']))).map(({ name, nearest }) => [
    name,
    nearest,
  ]);

it.each([
  ['HALO_SUBSCRIPTON_KEY', 'HALO_SUBSCRIPTION_KEY'],
  ['HALO_ENVIROMENT', 'HALO_ENVIRONMENT'],
  ['HALO_ENV', null],
  ['halo_environment', 'HALO_ENVIRONMENT'],
  ['HALO_DEADLINE', 'HALO_DEADLINE_MS'],
  ['HALO_WEBHOOK_SECRETS', 'HALO_WEBHOOK_SECRET'],
  ['HALO_FROBNICATE', null],
  ['API_KEY_FILE', 'API_KEYS_FILE'],
  ['PRACTICE_FILE', 'PRACTICES_FILE'],
  ['REDIS_ULR', 'REDIS_URL'],
  ['redis_url', 'REDIS_URL'],
  ['LIMIT_CHARGE', 'LIMIT_CHARGED'],
])('part 6: %s is reported, with %s', (name, nearest) => {
  expect(found(name)).toEqual([[name, nearest]]);
});

it('part 6: variables of others are not', () => {
  expect(
    found(
      ...['PATH', 'HOME', 'SORT', 'POST', 'HOSTNAME', 'NODE_OPTIONS', 'NODE_ENV', 'OTEL_SERVICE_NAME', 'TZ'],
      ...['ALL_PROXY', 'all_proxy', 'FTP_PROXY', 'REDIS_HOST', 'REDIS_PORT', 'LOG_FORMAT', 'SANDBOX_KEY'],
      ...['HALO_GRAPH_SERVICE_HOST', 'HALO_GRAPH_SERVICE_PORT', 'HALO_GRAPH_SERVICE_PORT_HTTP'],
      ...['HALO_GRAPH_PORT', 'HALO_GRAPH_PORT_4000_TCP', 'HALO_GRAPH_PORT_4000_TCP_ADDR'],
    ),
  ).toEqual([]);
  expect(unknownVariables({ HALO_NOTHING: ' ', HALO_NONE: undefined })).toEqual([]);
});

it('part 6: no variable of the server is ever reported, and each one with a letter missing is', () => {
  expect(found(...declared, 'NODE_EXTRA_CA_CERTS')).toEqual([]);
  const long = declared.filter((name) => name.length >= 8 && name === name.toUpperCase());
  fc.assert(
    fc.property(fc.constantFrom(...long), fc.nat(), (name, at) => {
      const place = at % name.length;
      const typo = name.slice(0, place) + name.slice(place + 1);
      fc.pre(!declared.includes(typo));
      expect(found(typo)).toHaveLength(1);
    }),
  );
});

it('part 6: a name with one letter more or another letter, or two letters exchanged, is reported; with two other letters it is not', () => {
  const long = declared.filter(
    (name) => name.length >= 8 && name === name.toUpperCase() && !name.startsWith('HALO_'),
  );
  const typos: readonly [number, (name: string, at: number) => string][] = [
    [1, (name, at) => `${name.slice(0, at)}7${name.slice(at)}`],
    [1, (name, at) => `${name.slice(0, at)}7${name.slice(at + 1)}`],
    [1, (name, at) => `${name.slice(0, at)}${name[at + 1] ?? ''}${name[at]}${name.slice(at + 2)}`],
    [0, (name, at) => `7${name.slice(0, at)}7${name.slice(at + 1)}`],
    [0, (name, at) => `${name.slice(0, at)}78${name.slice(at)}`],
  ];
  fc.assert(
    fc.property(fc.constantFrom(...long), fc.nat(), fc.constantFrom(...typos), (name, at, [times, typo]) => {
      const wrong = typo(name, at % (name.length - 2));
      fc.pre(!declared.includes(wrong));
      expect(found(wrong)).toHaveLength(times);
    }),
  );
});

it('part 6: a line never holds a value', () => {
  expect(unknownVariables({ HALO_SUBSCRIPTON_KEY: 'a-secret' })[0]?.line).toBe(
    'HALO_SUBSCRIPTON_KEY: there is no such variable. Did you mean HALO_SUBSCRIPTION_KEY?',
  );
});
