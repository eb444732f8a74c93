/**
 * Random sequences of changes with answers that get lost, through both sources: the practice's book and a model agree after
 * each, and every OutcomeUnknown that is asked again tells the truth. `WRITES_STEPS=5000` for a longer run.
 */
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { AppointmentModel, type ModelAppointment, type Time } from './appointment-model.ts';
import {
  activePatients,
  type BookRow,
  newKey,
  openDesk,
  ownSandbox,
  testClock,
  type Verb,
} from './booking-desk.ts';

const steps = Number(process.env.WRITES_STEPS ?? 400);
const stepsPerRun = 40;
const runs = Math.max(1, Math.round(steps / stepsPerRun / 2));
/** Further ahead than the sandbox's book is filled: a Monday. */
const date = '2027-09-06';
const lateMs = 10;

const step = fc.record({
  what: fc.oneof(
    { weight: 6, arbitrary: fc.constant('book' as const) },
    { weight: 5, arbitrary: fc.constant('move' as const) },
    { weight: 2, arbitrary: fc.constant('cancel' as const) },
    { weight: 2, arbitrary: fc.constant('arrive' as const) },
    { weight: 2, arbitrary: fc.constant('update' as const) },
    { weight: 3, arbitrary: fc.constant('ask again' as const) },
    { weight: 1, arbitrary: fc.constant('wait' as const) },
  ),
  fault: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 4, arbitrary: fc.constantFrom('504-after', 'cut-before', 'cut-after', `late-${lateMs}`) },
  ),
  row: fc.nat(),
  time: fc.nat(),
  patient: fc.nat(2),
  flag: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Open {
  readonly input: { readonly patientId: string; readonly idempotencyKey: string };
  readonly time: Time;
  readonly minutes: number;
  readonly sentAt: number;
}

describe.each(['sql-passthrough', 'bp-premier'] as const)('through %s', (source) => {
  let practice = 9001;
  const opened: (() => Promise<void>)[] = [];
  afterAll(() => Promise.all(opened.map((close) => close())));

  it(
    `${runs * stepsPerRun} steps`,
    () =>
      fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: stepsPerRun, maxLength: stepsPerRun }), (sequence) =>
          run(sequence),
        ),
        { numRuns: runs, endOnFailure: true },
      ),
    600_000,
  );

  /** Each run has a book of its own, in a practice that no other has touched. */
  async function run(sequence: readonly Step[]): Promise<void> {
    if (practice > 9020) practice = 9001;
    const bpSiteId = String(practice++);
    const sandbox = await ownSandbox();
    const clock = testClock();
    const desk = openDesk(sandbox, { source, now: clock.now }, bpSiteId);
    opened.push(() => desk.close().then(() => sandbox.close()));
    const patients = activePatients(sandbox, 3, bpSiteId);
    const timeOf = ({ userId, start }: { userId: string; start: string }): Time => ({
      userId,
      at: Date.parse(start),
    });
    const key = ({ userId, at }: Time) => `${userId} ${at}`;
    const quarters = await desk.freeSlots(date);
    const halves = new Set((await desk.freeSlots(date, 30)).map((slot) => key(timeOf(slot))));
    // Few times for many changes, so that they meet each other; some at the end of a session, where half an hour does not fit.
    const atAnEnd = (slot: (typeof quarters)[number] | undefined) =>
      slot !== undefined && !halves.has(key(timeOf(slot)));
    const times = quarters.filter(
      (slot, index) => index < 6 || atAnEnd(slot) || atAnEnd(quarters[index + 1]),
    );
    expect(times.length).toBeGreaterThan(8);
    const model = new AppointmentModel((time, minutes) => minutes <= 15 || halves.has(key(time)));
    const open: Open[] = [];

    const book = async (
      { input, time, minutes }: Omit<Open, 'sentAt'>,
      fault: string | undefined,
      again?: Open,
    ): Promise<void> => {
      const { userId, at } = time;
      const there = again && model.find(time, input.patientId);
      const outcome = model.place(time, minutes);
      const underway = again !== undefined && clock.now() - again.sentAt <= 120_000;
      const start = new Date(at).toISOString();
      const answer = await desk.write('book', { ...input, userId, start, durationMinutes: minutes }, fault);
      await settled(fault);
      const type = answer.__typename;
      if (again && type !== 'OutcomeUnknown') open.splice(open.indexOf(again), 1);
      if (there) {
        expect(type).toBe('BookAppointmentPayload');
        there.id ??= answer.appointment.pmsId;
        expect(there.id).toBe(answer.appointment.pmsId);
        return;
      }
      if (underway) {
        expect(type).toBe('OutcomeUnknown');
        return;
      }
      if (outcome !== 'free') {
        expect(type).toBe(outcome);
        return;
      }
      const isDone = fault !== 'cut-before';
      const row: ModelAppointment = {
        id: null,
        patientId: input.patientId,
        userId,
        at,
        minutes,
        status: 'BOOKED',
      };
      if (type === 'BookAppointmentPayload') {
        row.id = answer.appointment.pmsId;
        expect(isDone).toBe(true);
      } else {
        expect([type, answer.idempotencyKey]).toEqual(['OutcomeUnknown', input.idempotencyKey]);
        expect(['cut-before', `late-${lateMs}`]).toContain(fault);
        if (again) open.splice(open.indexOf(again), 1);
        open.push({ input, time, minutes, sentAt: clock.now() });
      }
      if (isDone) model.appointments.push(row);
    };

    const change = async (
      verb: Verb,
      row: ModelAppointment,
      input: object,
      expected: 'free' | 'SlotTaken' | 'InvalidInput',
      fault: string | undefined,
      apply: () => void,
    ): Promise<void> => {
      const answer = await desk.write(verb, { appointmentId: row.id, ...input }, fault);
      await settled(fault);
      const type = answer.__typename;
      if (expected !== 'free') {
        expect(type, verb).toBe(expected);
        return;
      }
      if (type === 'OutcomeUnknown') expect(['cut-before', `late-${lateMs}`]).toContain(fault);
      else expect(type, verb).toMatch(/Payload$/);
      if (type !== 'OutcomeUnknown' || fault !== 'cut-before') apply();
    };

    const perform = async ({ what, fault, row: picked, time: at, patient, flag }: Step): Promise<void> => {
      const minutes = flag ? 30 : 15;
      const slot = times[at % times.length];
      const known = model.appointments.filter(({ id }) => id !== null);
      const row = known[picked % (known.length || 1)];
      const time = slot && timeOf(slot);
      if (what === 'wait') return clock.pass(61_000);
      if (what === 'ask again') {
        const again = open[picked % (open.length || 1)];
        return again && book(again, fault, again);
      }
      if (what === 'book') {
        const input = { patientId: patients[patient] ?? '', idempotencyKey: newKey() };
        return time && book({ input, time, minutes }, fault);
      }
      if (!row || !time) return;
      const over = row.status === 'CANCELLED' ? 'InvalidInput' : 'free';
      switch (what) {
        case 'move': {
          const same = row.at === time.at && row.userId === time.userId && over === 'free';
          const expected = over !== 'free' ? over : same ? 'free' : model.place(time, row.minutes, row);
          const input = { start: new Date(time.at).toISOString(), userId: time.userId };
          return change('move', row, input, expected, same ? undefined : fault, () =>
            Object.assign(row, time),
          );
        }
        case 'cancel':
          return change('cancel', row, {}, 'free', over === 'free' ? fault : undefined, () => {
            row.status = 'CANCELLED';
          });
        case 'arrive': {
          const status = flag ? 'ARRIVED' : 'BOOKED';
          const lost = row.status === status ? undefined : fault;
          return change('arrive', row, { arrived: flag }, over, lost, () => {
            row.status = status;
          });
        }
        case 'update': {
          const grows = model.taken(row, minutes, row) && minutes > row.minutes;
          const expected = over !== 'free' ? over : grows ? 'SlotTaken' : 'free';
          const lost = row.minutes === minutes ? undefined : fault;
          return change('update', row, { durationMinutes: minutes }, expected, lost, () => {
            row.minutes = minutes;
          });
        }
      }
    };

    for (const each of sequence) {
      await perform(each);
      expect(bookOf(sandbox.database(bpSiteId).all<BookRow>(current))).toEqual(
        bookOfModel(model, quarters[0]?.start ?? ''),
      );
    }
    clock.pass(121_000);
    for (const again of [...open]) await book(again, undefined, again);
    expect(open).toEqual([]);
    expect(bookOf(sandbox.database(bpSiteId).all<BookRow>(current))).toEqual(
      bookOfModel(model, quarters[0]?.start ?? ''),
    );
    const rows = model.current;
    expect(rows.filter((row) => model.taken(row, row.minutes, row))).toEqual([]);
  }
});

/** A write that comes late has come when a later timer of this process has. */
const settled = async (fault: string | undefined): Promise<void> => {
  if (fault?.startsWith('late')) await pause(lateMs * 3);
};

const current = `SELECT * FROM APPOINTMENTS WHERE RECORDSTATUS = 1 AND APPOINTMENTDATE LIKE '${date}%'`;

const bookOf = (rows: readonly BookRow[]): readonly string[] =>
  rows
    .map((row) =>
      [
        row.USERID,
        row.INTERNALID,
        row.APPOINTMENTTIME,
        row.APPOINTMENTLENGTH / 60,
        row.APPOINTMENTCODE === 2 ? 'ARRIVED' : 'BOOKED',
      ].join(' '),
    )
    .sort();

/** Against the wall at the practice, whose offset the first slot of the day shows. */
function bookOfModel(model: AppointmentModel, start: string): readonly string[] {
  const midnight = Date.parse(`${start.slice(0, 10)}T00:00:00${start.slice(19)}`);
  return model.current
    .map((row) => [row.userId, row.patientId, (row.at - midnight) / 1000, row.minutes, row.status].join(' '))
    .sort();
}
