import { expect, it, vi } from 'vitest';
import { announceWrite } from '../../src/live/announce-write.ts';

const place = { pms: 'BEST_PRACTICE' as const, bpSiteId: '1001' };
const announced = (write: Parameters<typeof announceWrite>[2]['write'], change: object, answer?: object) => {
  const written = vi.fn();
  announceWrite({ written }, place, { write, change, answer });
  return written.mock.calls;
};

it.each([
  ['bookAppointment', { date: '2026-11-23' }, { appointmentId: '7' }, ['7'], '2026-11-23'],
  ['moveAppointment', { appointmentId: '7', date: '2026-11-24' }, {}, ['7'], '2026-11-24'],
  ['updateAppointment', { appointmentId: '7' }, {}, ['7'], null],
  ['cancelAppointment', { appointmentId: '7' }, {}, ['7'], null],
  ['arriveAppointment', { appointmentId: '7' }, {}, ['7'], null],
] as const)('%s is sent to the watched books', (write, change, answer, ids, date) => {
  expect(announced(write, change, answer)).toEqual([[place, ids, date]]);
});

it('a write whose result is not known is sent too: the change may have been made', () => {
  expect(announced('moveAppointment', { appointmentId: '7', date: '2026-11-24' })).toEqual([
    [place, ['7'], '2026-11-24'],
  ]);
  // The id of the possible booking is not known.
  expect(announced('bookAppointment', { date: '2026-11-23' })).toEqual([[place, [], '2026-11-23']]);
});

it('a write of something else is not sent', () => {
  expect(announced('updatePatient', { patientId: '7' }, {})).toEqual([]);
});
