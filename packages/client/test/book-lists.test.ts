/** Which lists show an appointment after a change, and where. */
import { expect, test } from 'vitest';
import { bookChange, drops, placeIn } from '../src/book-lists.ts';

const at = (time: string, id = time) => ({ id, start: `2026-11-24T${time}:00+11:00` });
const rows = [at('09:00'), at('10:00'), at('11:00')];
const day = { from: '2026-11-24', first: 3 };

test.each([
  ['before the first', day, '08:30', false, 0],
  ['between two', day, '10:15', false, 2],
  ['after one of the same time', day, '10:00', false, 2],
  ['at the end', day, '12:00', false, 3],
  ['not after a page that others follow', day, '12:00', true, undefined],
  ['between two of a page that others follow', day, '10:15', true, 2],
  ['in a range of days', { from: '2026-11-20', to: '2026-11-30' }, '10:15', false, 2],
  ['not on another day', { from: '2026-11-25' }, '10:15', false, undefined],
  ['not after the range', { from: '2026-11-20', to: '2026-11-23' }, '10:15', false, undefined],
  ['not in a list by user', { ...day, userId: '2' }, '10:15', false, undefined],
  ['in a list whose filters are null', { ...day, userId: null, status: undefined }, '10:15', false, 2],
  ['not in a list of all days', {}, '10:15', false, undefined],
])('%s', (_place, args, time, hasNextPage, index) => {
  expect(placeIn(args, { rows, hasNextPage }, at(time))).toBe(index);
});

test('offsets are compared as instants', () => {
  const perth = { id: 'perth', start: '2026-11-24T07:30:00+08:00' };
  expect(placeIn(day, { rows, hasNextPage: false }, perth)).toBe(2);
});

const practice = { __typename: 'Practice', id: 'p' };
const moved = { practice, id: 'a', edge: { cursor: 'c', node: at('10:00', 'a') } };

test.each([
  ['a list of its day, to be put in order', day, moved, true],
  ['a list of another day', { from: '2026-11-25' }, moved, true],
  ['not a list by user: it may still belong there', { ...day, userId: '2' }, moved, false],
  ['any list, once cancelled', { ...day, userId: '2' }, { practice, id: 'a' }, true],
])('it is taken out of %s', (_list, args, change, expected) => {
  expect(drops(args, change)).toBe(expected);
});

test.each([
  ['a booking', { edge: { cursor: 'c', node: { ...at('10:00', 'a'), practice } } }, 'a'],
  ['a cancellation', { cancelledAppointmentId: 'a', appointment: { practice } }, 'a'],
  ['a booking without the practice', { edge: { cursor: 'c', node: at('10:00', 'a') } }, undefined],
  ['a booking without the edge', { appointment: { ...at('10:00', 'a'), practice } }, undefined],
  ['an error', { __typename: 'SlotTaken', code: 'SLOT_TAKEN' }, undefined],
  ['a patient', { edge: { cursor: 'c', node: { id: 'p' } } }, undefined],
  ['nothing', null, undefined],
])('%s', (_payload, payload, id) => {
  expect(bookChange(payload)?.id).toBe(id);
});
