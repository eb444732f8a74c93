import { expect, test } from 'vitest';
import { HaloGraphError, haloErrors, unwrap } from '../src/index.ts';
import { retryDelay } from '../src/retry.ts';

const entry = {
  message: 'Offline.',
  path: ['viewer', 'practice'],
  extensions: { code: 'SITE_UNAVAILABLE', type: 'SiteUnavailable', retryable: true, retryAfterSeconds: 4 },
};

test.each([
  ['an entry', entry],
  ['a list', [entry]],
  ['a response', { data: null, errors: [entry] }],
  ["urql's error", { graphQLErrors: [entry] }],
  ["graphql-request's error", { message: 'GraphQL Error', response: { errors: [entry], status: 200 } }],
])('haloErrors reads %s', (_name, from) => {
  const [error, ...others] = haloErrors(from);
  expect(others).toEqual([]);
  expect(error).toBeInstanceOf(HaloGraphError);
  expect(error).toMatchObject({
    code: 'SITE_UNAVAILABLE',
    retryable: true,
    retryAfterSeconds: 4,
    path: entry.path,
  });
  expect(haloErrors(error)).toEqual([error]);
});

test.each([
  null,
  'text',
  new Error('network'),
  { errors: [{ message: 'Who?', extensions: { code: 'UNAUTHENTICATED' } }] },
  { errors: [{ message: 'No details.', extensions: { code: 'toString', type: 'x' } }] },
])('haloErrors finds none in %o', (from) => {
  expect(haloErrors(from)).toEqual([]);
});

type Result =
  | { readonly __typename: 'AppointmentConnection'; readonly nodes: readonly string[] }
  | { readonly __typename: 'SiteUnavailable'; readonly message: string; readonly retryable: boolean }
  | { readonly __typename: 'NotFound'; readonly message: string; readonly retryable: boolean };

test('unwrap gives the thing, and throws the error with its code', () => {
  const book: Result = { __typename: 'AppointmentConnection', nodes: ['a'] };
  const failed = { __typename: 'SiteUnavailable', message: 'Offline.', retryable: true } as Result;
  const nodes: readonly string[] = unwrap(book as Result).nodes;
  expect(nodes).toEqual(['a']);
  expect(() => unwrap(failed)).toThrow(
    expect.objectContaining({
      name: 'HaloGraphError',
      message: 'Offline.',
      code: 'SITE_UNAVAILABLE',
      retryable: true,
    }),
  );
});

test('a read is sent again after the time that the answer names, a bounded number of times', () => {
  expect(retryDelay({ errors: [entry] }, 1)).toBe(4000);
  expect(retryDelay({ errors: [entry] }, 3)).toBeUndefined();
  expect(retryDelay({ errors: [entry] }, 1, { maxDelayMs: 100 })).toBeUndefined();
  const unnamed = { ...entry, extensions: { ...entry.extensions, retryAfterSeconds: null } };
  expect([1, 2].map((attempt) => retryDelay([unnamed], attempt))).toEqual([1000, 2000]);
  const final = { ...entry, extensions: { ...entry.extensions, retryable: false } };
  expect(retryDelay([entry, final], 1)).toBeUndefined();
  expect(retryDelay(new Error('network'), 1)).toBeUndefined();
});
