import { expect, test } from 'vitest';
import { serializeError } from '../../src/lib/serialize-error.ts';
import { createLog } from '../../src/log.ts';

test('says what and where, of its causes too', () => {
  const serialized = serializeError(new TypeError('x is not a function', { cause: new Error('because') }));
  expect(serialized).toMatchObject({
    name: 'TypeError',
    message: 'x is not a function',
    cause: { name: 'Error', message: 'because' },
  });
  expect(serialized.at[0]).toContain('serialize-error.test.ts');
});

test('nothing that quotes its input', () => {
  const errors = [
    () => JSON.parse('{"SURNAME": Verysecret'),
    () => new Intl.DateTimeFormat('en-AU', { timeZone: 'Verysecret' }),
  ].map((fails) => {
    try {
      return fails();
    } catch (error) {
      return error;
    }
  });
  for (const error of errors) {
    expect(JSON.stringify(serializeError(new Error('it failed', { cause: error })))).not.toContain(
      'Verysecret',
    );
  }
});

test('no extra property of the error, through the log', () => {
  const lines: string[] = [];
  const error = Object.assign(new Error('it failed'), {
    request: { headers: { 'ocp-apim-subscription-key': 'Verysecret' } },
  });
  createLog('error', { write: (line) => lines.push(line) }).error({ err: error }, 'Unexpected error');
  expect(lines.join('')).toContain('it failed');
  expect(lines.join('')).not.toContain('Verysecret');
});

test('a message of several lines that looks like a stack is no stack', () => {
  const error = new SyntaxError('no date:\n    at Verysecret');
  expect(JSON.stringify(serializeError(error))).not.toContain('Verysecret');
});

test('a thrown value that is not an error is logged by its type alone', () => {
  expect(serializeError('Verysecret')).toEqual({ name: 'string', at: [] });
});

test('causes that go round end', () => {
  const error = new Error('round');
  error.cause = error;
  expect(JSON.stringify(serializeError(error)).length).toBeLessThan(20_000);
});
