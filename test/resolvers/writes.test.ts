import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ChangedAppointment } from '../../src/datasources/domain/appointment-writes.ts';
import type * as domain from '../../src/datasources/domain/index.ts';
import type * as port from '../../src/datasources/practice/port.ts';
import { NoAnswer, type PracticeWrites } from '../../src/datasources/practice/write-port.ts';
import {
  AuthoritativeServerChanged,
  InvalidInput,
  NotFound,
  PmsError,
  SiteUnavailable,
} from '../../src/errors.ts';
import type { Deadline } from '../../src/lib/deadline.ts';
import { appointment, fakeHalo, guid, now, patient, siteRecord, user } from './fake-halo.ts';

const failure = '... on HaloError { code message } ... on InvalidInput { issues { path message } }';
const mutation = (verb: string) => `mutation ($input: ${verb}AppointmentInput!) {
  result: ${verb.toLowerCase()}Appointment(input: $input) { __typename
    ... on ${verb}AppointmentPayload { appointment { pmsId status start reason } } ${failure}
    ... on OutcomeUnknown { idempotencyKey } } }`;
const free = '2026-11-23T14:00:00+10:30';
const booking = { bpSiteId: '1001', userId: '3', patientId: '5', start: free };

const fakeTime = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
afterEach(() => void vi.useRealTimers());

interface Given {
  readonly data?: Partial<port.PracticeData>;
  readonly writes?: Partial<PracticeWrites>;
}

function openPractice(given: Given = {}, server = {}) {
  const halo = fakeHalo({ practices: { '1001': given }, server });
  return {
    ...halo,
    async write(verb: string, input: object) {
      const answer = await halo.execute(mutation(verb), { input });
      expect(answer.errors).toBeUndefined();
      return answer.data.result;
    },
    written: () => halo.calls.filter(({ method }) => /^(book|update|move|cancel|arrive)/.test(method)),
  };
}
const paths = (answer: { issues: { path: string[] }[] }) => answer.issues.map(({ path }) => path.join('.'));
const globalId = (type: string, id: number, site = '1001') =>
  Buffer.from(`${type}:BEST_PRACTICE:${site}:${id}`).toString('base64');
const only = (rows: readonly domain.Appointment[]) => ({ appointments: async () => rows });

const refused: readonly (readonly [string, object, Partial<port.PracticeData>, string, RegExp])[] = [
  ['a start in the past', { start: '2026-11-23T10:59:00+10:30' }, {}, 'input.start', /past/],
  ['a start without an offset', { start: '2026-11-23T14:00:00' }, {}, 'input.start', /offset/],
  ['a start that no clock shows', { start: '2026-11-23T25:00:00+10:30' }, {}, 'input.start', /offset/],
  ['more than a day', { durationMinutes: 1441 }, {}, 'input.durationMinutes', /1440/],
  [
    'an id of another practice',
    { userId: globalId('User', 3, '1002') },
    {},
    'input.userId',
    /another practice/,
  ],
  ['an id of another kind', { patientId: globalId('User', 3) }, {}, 'input.patientId', /not of a Patient/],
  [
    'an inactive patient',
    {},
    { patients: async () => [{ ...patient(5), status: 'INACTIVE' as const }] },
    'input.patientId',
    /inactive/,
  ],
  [
    'a patient who has died',
    {},
    { patients: async () => [{ ...patient(5), status: 'DECEASED' as const }] },
    'input.patientId',
    /deceased/,
  ],
  [
    'a user who has left',
    { start: '2026-11-23T15:00:00+10:30' },
    { users: async () => ({ users: [{ ...user(3), active: false }] }) },
    'input.userId',
    /no longer works/,
  ],
  [
    'a user who takes none',
    { start: '2026-11-23T15:00:00+10:30' },
    { users: async () => ({ users: [{ ...user(3), takesAppointments: false }] }) },
    'input.userId',
    /does not take/,
  ],
  ...(
    [
      ['USER_AWAY', /away/],
      ['CLINIC_CLOSED', /closed/],
      ['NO_SESSION', /no session/],
      ['NO_MATCH', /too short/],
      ['FULLY_BOOKED', /blocked/],
    ] as const
  ).map(
    ([emptyBecause, text]) =>
      [
        emptyBecause,
        {},
        { availableSlots: async () => ({ slots: [], emptyBecause, complete: true }) },
        'input.start',
        text,
      ] as const,
  ),
];

describe('bookAppointment', () => {
  test('sends wall date and seconds of the location, and reads the appointment back', async () => {
    const { write, written, calls } = openPractice();
    const answer = await write('Book', {
      ...booking,
      start: '2026-11-23T03:30:00Z',
      userId: globalId('User', 3),
      patientId: globalId('Patient', 5),
      locationId: globalId('Location', 1),
      bpSiteId: Buffer.from('Practice:BEST_PRACTICE:1001').toString('base64'),
      reason: '  Sample  ',
    });
    expect(written().map(({ query }) => query)).toEqual([
      {
        patientId: '5',
        userId: '3',
        locationId: '1',
        date: '2026-11-23',
        seconds: 14 * 3600,
        durationSeconds: 900,
        typeId: null,
        reason: 'Sample',
        fields: { pmsId: {}, status: {}, start: {}, reason: {} },
      },
    ]);
    // What the practice shows under the id that it gave, not what was sent.
    expect(answer).toMatchObject({
      appointment: { pmsId: '42', reason: null, start: appointment(42).start },
    });
    expect(calls.map(({ method }) => method).sort()).toEqual([
      'appointments',
      'availableSlots',
      'bookAppointment',
      'factsForBooking',
      'patients',
    ]);
  });

  test('D12: faults that are visible without the practice are reported without a request to it', async () => {
    const { write, calls } = openPractice();
    const answer = await write('Book', {
      ...booking,
      userId: '0',
      patientId: 'no id',
      start: '2026-11-22T14:00:00+10:30',
      durationMinutes: 0,
      typeId: 'no id',
      locationId: '0',
      reason: 'x'.repeat(501),
      idempotencyKey: '',
    });
    expect(paths(answer).sort()).toEqual(
      [
        'durationMinutes',
        'idempotencyKey',
        'locationId',
        'patientId',
        'reason',
        'start',
        'typeId',
        'userId',
      ].map((field) => `input.${field}`),
    );
    expect(calls).toEqual([]);
  });

  test('all that only the practice knows to be wrong is reported at once, and nothing is sent', async () => {
    const data = {
      availableSlots: async () => ({ slots: [], emptyBecause: 'NO_MATCH' as const, complete: true }),
    };
    const { write, written } = openPractice({ data });
    const wrong = { userId: '99', patientId: '999', typeId: '77', locationId: '88' };
    const answer = await write('Book', { ...booking, ...wrong });
    expect(paths(answer).sort()).toEqual(
      ['locationId', 'patientId', 'typeId', 'userId'].map((field) => `input.${field}`),
    );
    expect(written()).toEqual([]);
  });

  test.each(refused)('%s is refused with its path', async (_what, input, data, path, text) => {
    const { write, written } = openPractice({ data });
    const answer = await write('Book', { ...booking, ...input });
    expect(paths(answer)).toEqual([path]);
    expect(answer.issues[0].message).toMatch(text);
    expect(written()).toEqual([]);
  });

  test('a time that another appointment has is SlotTaken; what else is wrong comes first', async () => {
    // Appointment 2 is user 3's, at half past nine: the clock stands at eleven, so let it be tomorrow's.
    const row = { ...appointment(2), start: free, end: '2026-11-23T14:15:00+10:30' };
    const data = {
      ...only([row]),
      availableSlots: async () => ({ slots: [], emptyBecause: 'FULLY_BOOKED' as const, complete: true }),
    };
    expect((await openPractice({ data }).write('Book', booking)).code).toBe('SLOT_TAKEN');
    const also = await openPractice({ data }).write('Book', { ...booking, patientId: '999' });
    expect(paths(also)).toEqual(['input.patientId']);
  });

  test('a refused GUID is reported, and the write is not sent again', async () => {
    const moved = new AuthoritativeServerChanged({ haloGuid: guid, currentHaloGuid: guid });
    const { write, written } = openPractice({ writes: { bookAppointment: () => Promise.reject(moved) } });
    expect((await write('Book', booking)).code).toBe('AUTHORITATIVE_SERVER_CHANGED');
    expect(written()).toHaveLength(1);
  });

  test('booked, but not readable afterwards: unknown with the key, which then reads it', async () => {
    let reads = 0;
    const appointments: port.PracticeData['appointments'] = async () => {
      reads += 1;
      if (reads === 1) throw new SiteUnavailable();
      return [appointment(42)];
    };
    const { write, written } = openPractice({ data: { appointments } });
    const lost = await write('Book', booking);
    expect(lost).toMatchObject({ code: 'OUTCOME_UNKNOWN', message: expect.stringContaining('was made') });
    const again = await write('Book', { ...booking, idempotencyKey: lost.idempotencyKey });
    expect(again.appointment.pmsId).toBe('42');
    expect(written()).toHaveLength(1);
  });

  test('the outcome of a write that outlasts the operation is read in extra time', async () => {
    fakeTime();
    let sent = () => {};
    const isSent = new Promise<void>((resolve) => {
      sent = resolve;
    });
    const mine = { ...appointment(42), start: free, patientId: '5', userId: '3' };
    const { write, opened } = openPractice(
      {
        data: only([mine]),
        writes: {
          bookAppointment: () =>
            new Promise((_resolve, reject) => {
              opened[0]?.signal.addEventListener('abort', () => reject(new NoAnswer(now, 'deadline')));
              sent();
            }),
        },
      },
      { deadlineMs: 60 },
    );
    const answered = write('Book', booking);
    await isSent;
    vi.advanceTimersByTime(60);
    const answer = await answered;
    expect(answer).toMatchObject({ __typename: 'BookAppointmentPayload', appointment: { pmsId: '42' } });
    expect(opened.length).toBeGreaterThan(1);
    expect(opened.at(-1)?.signal.aborted).toBe(false);
  });

  test('a write has less time than the operation, so that there is some left to read', async () => {
    fakeTime();
    const { write, opened } = openPractice({}, { deadlineMs: 90 });
    await write('Book', booking);
    const { writeTime, signal } = opened[0] ?? {};
    const writing = writeTime?.signal();
    vi.advanceTimersByTime(89);
    expect([writing?.aborted, signal?.aborted]).toEqual([true, false]);
  });
});

test.each([
  [30_000, 25_000, 5_000],
  [60_000, 55_000, 5_000],
  [6_000, 4_000, 1_000],
])(
  'of a deadline of %i ms, writes have %i and are not sent with less than %i',
  async (deadlineMs, ms, minMs) => {
    const { write, opened } = openPractice({}, { deadlineMs });
    await write('Book', booking);
    const { writeTime } = opened[0] ?? {};
    expect(writeTime?.minMs).toBe(minMs);
    const left = writeTime?.remainingMs() ?? 0;
    expect(left).toBeLessThanOrEqual(ms);
    expect(left).toBeGreaterThan(ms - Math.min(reasonableMs, ms));
    const sendBy = writeTime?.sendBy() as Deadline;
    expect(sendBy.aborted).toBe(false);
    sendBy.end();
  },
);
/** Between the start of the operation and the look at the time that it has left. */
const reasonableMs = 30_000;

describe('changes of an appointment', () => {
  const id = { bpSiteId: '1001', appointmentId: '42' };
  const at = (status: domain.AppointmentStatus) => only([{ ...appointment(42), status }]);
  const past = ['IN_CONSULTATION', 'FULFILLED', 'NO_SHOW', 'CANCELLED'] as const;

  const every = (answer: () => Promise<ChangedAppointment>): Partial<PracticeWrites> => ({
    cancelAppointment: answer,
    arriveAppointment: answer,
    updateAppointment: answer,
    moveAppointment: answer,
  });

  test.each([
    ['Cancel', {}],
    ['Arrive', {}],
    ['Update', { reason: 'Sample' }],
    ['Move', { start: free }],
  ])('%s: one that does not exist is NotFound', async (verb, input) => {
    const writes = every(() => Promise.reject(new NotFound()));
    const { write, written } = openPractice({ data: only([]), writes });
    expect((await write(verb, { ...id, ...input })).code).toBe('NOT_FOUND');
    const before = written().length;
    expect((await write(verb, { ...id, ...input, appointmentId: '0' })).code).toBe('NOT_FOUND');
    expect(written()).toHaveLength(before);
  });

  test.each([
    ['Move', { start: free }, past],
    ['Arrive', {}, past],
    ['Cancel', {}, ['IN_CONSULTATION', 'FULFILLED']],
    ['Update', { reason: 'Sample' }, ['CANCELLED']],
  ] as const)('%s %j: too late when %s', async (verb, input, statuses) => {
    for (const status of statuses) {
      const writes = every(async () => ({ refusedStatus: status, appointment: null }));
      const { write, written } = openPractice({ data: verb === 'Move' ? at(status) : {}, writes });
      expect(paths(await write(verb, { ...id, ...input })), status).toEqual(['input.appointmentId']);
      if (verb === 'Move') expect(written()).toEqual([]);
      else expect(written().map(({ query }) => query.refusedStatuses)).toEqual([statuses]);
    }
  });

  test('nothing is sent for an appointment that is where it is to move to', async () => {
    const row = { ...appointment(42), start: free };
    const { write, written } = openPractice({ data: only([row]) });
    const answer = await write('Move', { ...id, start: free });
    expect(answer.appointment.status).toBe('BOOKED');
    expect(written()).toEqual([]);
  });

  test.each(['Update', 'Move'])('%s: nothing to change is an issue', async (verb) => {
    expect(paths(await openPractice().write(verb, id))).toEqual(['input']);
  });

  test('D4: an update names only what is to change, and what is read back', async () => {
    const { write, written } = openPractice();
    await write('Update', { ...id, typeId: '1', reason: ' Another ' });
    await write('Update', { ...id, reason: null });
    await write('Update', { ...id, durationMinutes: 30 });
    const how = {
      appointmentId: '42',
      refusedStatuses: ['CANCELLED'],
      fields: { pmsId: {}, status: {}, start: {}, reason: {} },
    };
    expect(written().map(({ query }) => query)).toEqual([
      { ...how, typeId: '1', reason: 'Another' },
      { ...how, reason: null },
      { ...how, durationSeconds: 1800 },
    ]);
  });

  test('what the practice does not have is an issue of its path', async () => {
    const updateAppointment = () =>
      Promise.reject(new InvalidInput([{ path: ['typeId'], message: 'The practice has no such type.' }]));
    const { write } = openPractice({ writes: { updateAppointment } });
    expect(paths(await write('Update', { ...id, typeId: '77' }))).toEqual(['input.typeId']);
  });

  test.each([
    ['Cancel', {}],
    ['Arrive', {}],
    ['Update', { reason: 'Sample' }],
    ['Move', { start: free }],
  ])('%s: what was read back in the same call is the payload', async (verb, input) => {
    const row = { ...appointment(42), status: 'UNKNOWN' as const };
    const { write, calls } = openPractice({
      writes: every(async () => ({ refusedStatus: null, appointment: row })),
    });
    const answer = await write(verb, { ...id, ...input });
    expect(answer.appointment.status).toBe('UNKNOWN');
    expect(calls.at(-1)?.method).toMatch(/^(cancel|arrive|update|move)Appointment$/);
  });

  test('D5: an error from inside the procedure: the error where nothing has changed, else what is there', async () => {
    const failed = () => Promise.reject(new NoAnswer(now, new PmsError('mssql', 547), true));
    const writes = every(failed);
    const input = { ...id, reason: 'Sample', durationMinutes: 30 };
    expect((await openPractice({ writes }).write('Update', input)).code).toBe('PMS_ERROR');
    const half = only([{ ...appointment(42), reason: 'Sample' }]);
    expect((await openPractice({ writes, data: half }).write('Update', input)).code).toBe('OUTCOME_UNKNOWN');
    const whole = only([{ ...appointment(42), reason: 'Sample', durationMinutes: 30 }]);
    expect((await openPractice({ writes, data: whole }).write('Update', input)).appointment.reason).toBe(
      'Sample',
    );
    expect((await openPractice({ writes }).write('Cancel', id)).code).toBe('PMS_ERROR');
    expect(
      (await openPractice({ writes, data: at('CANCELLED') }).write('Cancel', id)).appointment.status,
    ).toBe('CANCELLED');
  });

  test('a move goes to the wall time of the location where the slot is', async () => {
    const { write, written } = openPractice();
    await write('Move', { ...id, start: free, userId: '7' });
    expect(written().map(({ query }) => query)).toMatchObject([
      { appointmentId: '42', date: '2026-11-23', seconds: 14 * 3600, userId: '7', locationId: '1' },
    ]);
  });

  test('a move by less than its own length does not conflict with itself', async () => {
    const row = {
      ...appointment(42),
      start: '2026-11-23T14:00:00+10:30',
      end: '2026-11-23T14:30:00+10:30',
      durationMinutes: 30,
      userId: '3',
    };
    const slot = { durationMinutes: 15, userId: '3', locationId: '1', onTheDay: false };
    const slots = [{ ...slot, start: '2026-11-23T14:30:00+10:30', end: '2026-11-23T14:45:00+10:30' }];
    const data = {
      ...only([row]),
      availableSlots: async () => ({ slots, emptyBecause: null, complete: true }),
    };
    const { write, written } = openPractice({ data });
    await write('Move', { ...id, start: '2026-11-23T14:15:00+10:30' });
    expect(written().map(({ query }) => query.seconds)).toEqual([14 * 3600 + 900]);
    const before = await write('Move', { ...id, start: '2026-11-23T13:45:00+10:30' });
    expect(paths(before)).toEqual(['input.start']);
  });

  test.each([
    ['Cancel', {}],
    ['Arrive', {}],
    ['Update', { reason: 'Sample' }],
    ['Move', { start: free }],
  ])('%s: no answer, and not as wished: unknown, without a key', async (verb, input) => {
    const lost = () => Promise.reject(new NoAnswer(now, 'cut'));
    const writes = {
      cancelAppointment: lost,
      arriveAppointment: lost,
      updateAppointment: lost,
      moveAppointment: lost,
    };
    const { write, written } = openPractice({ writes });
    expect(await write(verb, { ...id, ...input })).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      idempotencyKey: null,
    });
    expect(written()).toHaveLength(1);
  });
});

describe('pairSite', () => {
  const query = `mutation ($input: PairSiteInput!) { pairSite(input: $input) { __typename
    ... on PairSitePayload { site { haloGuid } } ${failure} } }`;

  test('passes the input on, trimmed', async () => {
    const requested: object[] = [];
    const pair = async (request: object) => {
      requested.push(request);
      return siteRecord('1001');
    };
    const { execute } = fakeHalo({ session: { pair } });
    await execute(query, { input: { pmsSiteId: ' 1001 ', pairingCode: ' SANDBX ' } });
    const answer = await execute(query, { input: { pmsSiteId: 'ZED-2001', pms: 'ZEDMED' } });
    expect(answer.data.pairSite.site.haloGuid).toBe(guid);
    expect(requested).toEqual([
      { pms: 'BEST_PRACTICE', pmsSiteId: '1001', pairingCode: 'SANDBX' },
      { pms: 'ZEDMED', pmsSiteId: 'ZED-2001', pairingCode: null },
    ]);
  });

  test('invalid input is refused without a request', async () => {
    const { execute } = fakeHalo({ session: { pair: () => Promise.reject(new Error('not expected')) } });
    const answer = await execute(query, { input: { pmsSiteId: '' } });
    expect(paths(answer.data.pairSite)).toEqual(['input.pmsSiteId', 'input.pairingCode']);
  });
});
