/**
 * Random sequences of changes through two replicas and both sources: responses get lost, procedures return 0 or fail inside,
 * locks are refused, and the front desk changes the book between two of our calls. The practice's book and a model agree after
 * each step, and the retry of every OutcomeUnknown returns the true outcome. `WRITES_STEPS=5000` for a longer run.
 */
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../src/store/memory.ts';
import { AppointmentModel, type ModelAppointment, type Time } from './appointment-model.ts';
import {
  activePatients,
  type BookingClient,
  type BookRow,
  newKey,
  openBookingClient,
  ownSandbox,
  testClock,
  type Verb,
} from './booking-client.ts';

const steps = Number(process.env.WRITES_STEPS ?? 400);
const stepsPerRun = 40;
const runs = Math.max(1, Math.round(steps / stepsPerRun / 2));
/** Further ahead than the sandbox's book is filled: a Monday. */
const date = '2027-09-06';
const lateMs = 10;

/** The fault that loses a response, and whether the write is still executed. */
const lost = ['504-after', 'cut-after', 'cut-before', `late-${lateMs}`];
/** How procedures go wrong: not by FHIR, which has none. */
const nothing = ['proc-does-nothing', 'proc-error-before'];
const whole = ['proc-returns-0', 'proc-error-partial', 'proc-error-after', 'proc-error-nested'];
const locks = ['lock-refused', 'lock-busy'];

const step = fc.record({
  what: fc.oneof(
    { weight: 6, arbitrary: fc.constant('book' as const) },
    { weight: 5, arbitrary: fc.constant('move' as const) },
    { weight: 2, arbitrary: fc.constant('cancel' as const) },
    { weight: 2, arbitrary: fc.constant('arrive' as const) },
    { weight: 2, arbitrary: fc.constant('update' as const) },
    { weight: 3, arbitrary: fc.constant('retry' as const) },
    { weight: 1, arbitrary: fc.constant('race' as const) },
    { weight: 1, arbitrary: fc.constant('wait' as const) },
  ),
  fault: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 4, arbitrary: fc.constantFrom(...lost) },
    { weight: 3, arbitrary: fc.constantFrom(...nothing, ...whole, ...locks) },
  ),
  /** What the front desk does before our write: it takes the time, or cancels, or changes the length. */
  client: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: fc.constantFrom('take' as const, 'cancel' as const, 'shorten' as const) },
  ),
  replica: fc.nat(1),
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

/** What the answer's type may be, and whether the write was executed and changed something. */
interface Expected {
  readonly types: readonly string[];
  readonly done: boolean;
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
    const idempotency = createMemoryStore();
    const options = { source, now: clock.now, idempotency, deadlineMs: 100_000 };
    const clients = [0, 1].map(() => openBookingClient(sandbox, options, bpSiteId)) as [
      BookingClient,
      BookingClient,
    ];
    opened.push(() => Promise.all(clients.map((client) => client.close())).then(() => sandbox.close()));
    const [client] = clients;
    const [walkIn = '', ...patients] = activePatients(sandbox, 4, bpSiteId);
    const timeOf = ({ userId, start }: { userId: string; start: string }): Time => ({
      userId,
      at: Date.parse(start),
    });
    const key = ({ userId, at }: Time) => `${userId} ${at}`;
    const quarters = await client.freeSlots(date);
    const halves = new Set((await client.freeSlots(date, 30)).map((slot) => key(timeOf(slot))));
    // Few times for many changes, so that they meet each other; some at the end of a session, where half an hour does not fit.
    const atAnEnd = (slot: (typeof quarters)[number] | undefined) =>
      slot !== undefined && !halves.has(key(timeOf(slot)));
    const times = quarters.filter(
      (slot, index) => index < 6 || atAnEnd(slot) || atAnEnd(quarters[index + 1]),
    );
    expect(times.length).toBeGreaterThan(8);
    const model = new AppointmentModel((time, minutes) => minutes <= 15 || halves.has(key(time)));
    const midnight = midnightOf(quarters[0]?.start ?? '');
    const open: Open[] = [];

    /** Somebody at the practice's own screen, before the write that comes. What it does, done in the model too. */
    const planned = (
      what: Step['client'],
      target: { readonly time?: Time; readonly row?: ModelAppointment },
    ): (() => void) => {
      const { time, row } = target;
      if (what === 'take' && time) {
        const { userId, at } = time;
        const slot = quarters.find((each) => key(timeOf(each)) === key(time));
        sandbox.atDesk(
          bpSiteId,
          {
            add: {
              userId: Number(userId),
              locationId: Number(slot?.locationId),
              date,
              time: (at - midnight) / 1000,
              length: 900,
              patientId: Number(walkIn),
              typeId: 1,
              reason: 'Walk-in',
            },
          },
          'before-next-write',
        );
        return () =>
          void model.appointments.push({
            id: null,
            patientId: walkIn,
            userId,
            at,
            minutes: 15,
            status: 'BOOKED',
          });
      }
      // A FHIR server has to detect changes between read and write. The adapter's own tests cover that.
      if (source === 'bp-premier') return () => {};
      if (what === 'cancel' && row?.id) {
        sandbox.atDesk(bpSiteId, { cancel: Number(row.id) }, 'before-next-write');
        return () => {
          row.status = 'CANCELLED';
        };
      }
      if (what === 'shorten' && row?.id) {
        const columns = { APPOINTMENTLENGTH: 600 };
        sandbox.atDesk(bpSiteId, { change: Number(row.id), columns }, 'before-next-write');
        return () => {
          row.minutes = 10;
        };
      }
      return () => {};
    };

    const faultOf = (fault: string | undefined) =>
      source === 'bp-premier' && fault !== undefined && !lost.includes(fault) ? undefined : fault;

    const expectedOf = (
      sent: boolean,
      outcome: 'free' | 'SlotTaken' | 'InvalidInput',
      payload: string,
      fault: string | undefined,
    ): Expected => {
      if (!sent) return { types: [outcome], done: false };
      const isLost = fault !== undefined && lost.includes(fault);
      if (outcome !== 'free') {
        // Only some look-ups can say whether the lost response was a refusal.
        return { types: isLost ? [outcome, 'OutcomeUnknown'] : [outcome], done: false };
      }
      if (fault === 'cut-before') return { types: ['OutcomeUnknown'], done: false };
      if (fault?.startsWith('late')) return { types: ['OutcomeUnknown', payload], done: true };
      if (fault !== undefined && nothing.includes(fault)) return { types: ['PmsError'], done: false };
      return { types: [payload], done: true };
    };

    const book = async (
      { input, time, minutes }: Omit<Open, 'sentAt'>,
      { replica, fault: given, client: at }: Pick<Step, 'replica' | 'fault' | 'client'>,
      again?: Open,
    ): Promise<void> => {
      const fault = faultOf(given);
      const { userId, at: moment } = time;
      const there = again && model.find(time, input.patientId);
      const before = model.place(time, minutes);
      const underway = again !== undefined && clock.now() - again.sentAt <= 120_000;
      const inModel = again ? () => {} : planned(at, { time });
      const start = new Date(moment).toISOString();
      const booking = { ...input, userId, start, durationMinutes: minutes };
      const answer = await (clients[replica] ?? client).write('book', booking, fault);
      await settled(fault);
      if (!sandbox.forgetDesk(bpSiteId)) inModel();
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
      const sent = before === 'free';
      const outcome = sent ? model.place(time, minutes) : before;
      const { types, done } = expectedOf(sent, outcome, 'BookAppointmentPayload', fault);
      expect(types).toContain(type);
      const isPayload = type === 'BookAppointmentPayload';
      if (type === 'OutcomeUnknown') {
        expect(answer.idempotencyKey).toBe(input.idempotencyKey);
        if (again) open.splice(open.indexOf(again), 1);
        open.push({ input, time, minutes, sentAt: clock.now() });
      }
      if (!done) return;
      model.appointments.push({
        id: isPayload ? answer.appointment.pmsId : null,
        patientId: input.patientId,
        userId,
        at: moment,
        minutes,
        status: 'BOOKED',
      });
    };

    const change = async (
      verb: Verb,
      input: object,
      { replica, fault: given, client: at }: Step,
      {
        row,
        time,
        needed,
        outcome,
        apply,
      }: {
        readonly row: ModelAppointment;
        readonly time?: Time;
        /** Whether there is anything to change, as the model stands. */
        readonly needed: () => boolean;
        readonly outcome: () => 'free' | 'SlotTaken' | 'InvalidInput';
        readonly apply: () => void;
      },
    ): Promise<void> => {
      const fault = faultOf(given);
      // A move looks first, and FHIR reads before every change.
      const [before, wasNeeded] = [outcome(), needed()];
      const inModel = planned(at, { row, ...(time && { time }) });
      const answer = await (clients[replica] ?? client).write(
        verb,
        { appointmentId: row.id, ...input },
        fault,
      );
      await settled(fault);
      const wrote = !sandbox.forgetDesk(bpSiteId);
      const type = answer.__typename;
      const payload = `${verb.slice(0, 1).toUpperCase()}${verb.slice(1)}AppointmentPayload`;
      if (at !== undefined && !wrote) {
        // Nothing was sent: what was seen before decides.
        expect(type, verb).toBe(before !== 'free' ? before : payload);
        expect(before === 'free' && wasNeeded, verb).toBe(false);
        return;
      }
      inModel();
      const now = outcome();
      const { types, done } = expectedOf(true, now, payload, fault);
      // A record that already is as requested needs no procedure, and a look finds it.
      if (now === 'free' && !needed()) expect([payload, ...types], verb).toContain(type);
      else expect([...types, ...(before !== 'free' ? [before] : [])], verb).toContain(type);
      if (done && needed()) apply();
    };

    const perform = async (each: Step): Promise<void> => {
      const { what, row: picked, time: at, patient, flag } = each;
      const minutes = flag ? 30 : 15;
      const slot = times[at % times.length];
      const known = model.appointments.filter(({ id }) => id !== null);
      const row = known[picked % (known.length || 1)];
      const time = slot && timeOf(slot);
      if (what === 'wait') return clock.pass(61_000);
      if (what === 'retry') {
        const again = open[picked % (open.length || 1)];
        return again && book(again, each, again);
      }
      if (what === 'book') {
        const input = { patientId: patients[patient] ?? '', idempotencyKey: newKey() };
        return time && book({ input, time, minutes }, each);
      }
      if (what === 'race') {
        if (!time || model.place(time, 15) !== 'free') return;
        const start = new Date(time.at).toISOString();
        const answers = await Promise.all(
          clients.map((one, index) =>
            one.write('book', {
              patientId: patients[index],
              userId: time.userId,
              start,
              durationMinutes: 15,
            }),
          ),
        );
        expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
          'BookAppointmentPayload',
          'SlotTaken',
        ]);
        const winner = answers.findIndex(({ __typename }) => __typename === 'BookAppointmentPayload');
        const id = answers[winner].appointment.pmsId;
        const patientId = patients[winner] ?? '';
        model.appointments.push({ id, patientId, ...time, minutes: 15, status: 'BOOKED' });
        return;
      }
      if (!row || !time) return;
      const over = () => (row.status === 'CANCELLED' ? 'InvalidInput' : 'free');
      switch (what) {
        case 'move': {
          const needed = () => row.at !== time.at || row.userId !== time.userId || over() !== 'free';
          const outcome = () =>
            over() !== 'free' ? over() : needed() ? model.place(time, row.minutes, row) : 'free';
          const input = { start: new Date(time.at).toISOString(), userId: time.userId };
          return change('move', input, each, {
            row,
            time,
            needed,
            outcome,
            apply: () => Object.assign(row, time),
          });
        }
        case 'cancel':
          return change('cancel', {}, each, {
            row,
            needed: () => over() === 'free',
            outcome: () => 'free',
            apply() {
              row.status = 'CANCELLED';
            },
          });
        case 'arrive': {
          const status = flag ? 'ARRIVED' : 'BOOKED';
          return change('arrive', { arrived: flag }, each, {
            row,
            needed: () => row.status !== status,
            outcome: over,
            apply() {
              row.status = status;
            },
          });
        }
        case 'update':
          return change('update', { durationMinutes: minutes }, each, {
            row,
            needed: () => row.minutes !== minutes,
            outcome: () =>
              over() !== 'free'
                ? over()
                : minutes > row.minutes && model.taken(row, minutes, row)
                  ? 'SlotTaken'
                  : 'free',
            apply() {
              row.minutes = minutes;
            },
          });
      }
    };

    for (const each of sequence) {
      await perform(each);
      expect(bookOf(sandbox.database(bpSiteId).all<BookRow>(current))).toEqual(bookOfModel(model, midnight));
    }
    clock.pass(121_000);
    const plain = { replica: 0, fault: undefined, client: undefined };
    for (const again of [...open]) await book(again, plain, again);
    expect(open).toEqual([]);
    expect(bookOf(sandbox.database(bpSiteId).all<BookRow>(current))).toEqual(bookOfModel(model, midnight));
    // Only the front desk may book what is taken.
    const ours = new AppointmentModel(() => true);
    ours.appointments.push(...model.current.filter((row) => row.patientId !== walkIn));
    expect(ours.current.filter((row) => ours.taken(row, row.minutes, row))).toEqual([]);
    expect(sandbox.locksLeft(bpSiteId)).toEqual([]);
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

/** On the wall at the practice, whose offset the first slot of the day shows. */
const midnightOf = (start: string): number => Date.parse(`${start.slice(0, 10)}T00:00:00${start.slice(19)}`);

const bookOfModel = (model: AppointmentModel, midnight: number): readonly string[] =>
  model.current
    .map((row) => [row.userId, row.patientId, (row.at - midnight) / 1000, row.minutes, row.status].join(' '))
    .sort();
