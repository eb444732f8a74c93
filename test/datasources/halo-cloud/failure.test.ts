import { expect, it } from 'vitest';
import { cutAs } from '../../../src/datasources/halo-cloud/transport/failure.ts';

const late = new DOMException('late', 'TimeoutError');
const gone = new Error('the caller has gone');

it.each([
  ['the deadline', late, 5, 'unanswered'],
  ['the deadline', late, 30_000, 'unanswered'],
  ['a caller who hangs up soon', gone, 9_999, 'aborted'],
  ['a caller who has waited for 10 s', gone, 10_000, 'unanswered'],
])('A4: a call that was cut by %s, after %s %i ms, is %s', (_, reason, ms, outcome) => {
  expect(cutAs(reason, ms)).toBe(outcome);
});
