/** Never twice, and never silently lost: many at once, one key, answers that do not come. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { practices } from '../../sandbox/practices.ts';
import {
  activePatients,
  type BookingClient,
  bpSiteId,
  mutation,
  newKey,
  openBookingClient,
  ownSandbox,
  rowsAt,
  type Slot,
  testClock,
} from './booking-client.ts';

const queueLimits: unknown[] = [];
const sandbox = await ownSandbox({
  onExchange({ path, requestBody }) {
    if (path.endsWith('/queries/immediate')) queueLimits.push(JSON.parse(requestBody).maxTimeInQueue);
  },
});
const clock = testClock();
const [patientId = '', otherPatient = ''] = activePatients(sandbox, 2);
afterEach(() => sandbox.setFault(bpSiteId, null));
afterAll(() => sandbox.close());

describe.each([
  ['sql-passthrough', '2026-11-30'],
  ['bp-premier', '2026-12-01'],
] as const)('through %s', (source, day) => {
  // 200 at once take their time on a busy machine.
  const client: BookingClient = openBookingClient(sandbox, { source, now: clock.now, deadlineMs: 100_000 });
  let free: Slot[] = [];
  const next = (): Slot => {
    const slot = free.shift();
    if (!slot) throw new Error('The day is full.');
    return slot;
  };
  beforeAll(async () => {
    free = [...(await client.freeSlots(day))];
  });
  afterAll(() => client.close());

  it('200 at once for one time: one gets it, 199 get SlotTaken', async () => {
    const slot = next();
    const patients = activePatients(sandbox, 200);
    const answers = await Promise.all(
      patients.map((id, index) =>
        client.write('book', {
          ...slot,
          patientId: id,
          ...(index % 2 === 0 ? { idempotencyKey: newKey() } : {}),
        }),
      ),
    );
    const types = answers.map(({ __typename }) => __typename);
    expect(types.filter((type) => type === 'BookAppointmentPayload')).toHaveLength(1);
    expect(types.filter((type) => type === 'SlotTaken')).toHaveLength(199);
    expect(rowsAt(sandbox, slot)).toHaveLength(1);
  });

  it('200 at once with one key: one row, 200 equal answers', async () => {
    const input = { ...next(), patientId, idempotencyKey: newKey() };
    const answers = await Promise.all(Array.from({ length: 200 }, () => client.write('book', input)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toHaveLength(1);
    expect(answers[0].__typename).toBe('BookAppointmentPayload');
    expect(rowsAt(sandbox, input)).toHaveLength(1);
    expect(await client.write('book', input)).toEqual(answers[0]);
  });

  it.each(['504-after', 'cut-after'])('%s: the booking is found by reading back', async (fault) => {
    const input = { ...next(), patientId };
    const booked = await client.write('book', input, fault);
    expect(booked).toMatchObject({
      __typename: 'BookAppointmentPayload',
      appointment: { start: input.start, patient: { pmsId: patientId } },
    });
    const { pmsId: appointmentId } = booked.appointment;
    const other = next();
    const changes = [
      ['arrive', {}, { status: 'ARRIVED' }],
      ['arrive', { arrived: false }, { status: 'BOOKED' }],
      ['update', { reason: 'Another sample reason' }, { reason: 'Another sample reason' }],
      ['move', { start: other.start, userId: other.userId }, { start: other.start }],
      ['cancel', {}, { status: 'CANCELLED' }],
    ] as const;
    for (const [verb, input, expected] of changes) {
      const answer = await client.write(verb, { appointmentId, ...input }, fault);
      expect(answer, verb).toMatchObject({ appointment: expected });
    }
    expect(rowsAt(sandbox, input)).toHaveLength(0);
  });

  it('cut-before: unknown, and a retry without the fault changes it', async () => {
    const slot = next();
    const { appointment } = await client.write('book', { ...slot, patientId });
    const other = next();
    const changes = [
      ['arrive', { arrived: true }],
      ['update', { reason: 'Sample' }],
      ['move', { start: other.start, userId: other.userId }],
      ['cancel', {}],
    ] as const;
    for (const [verb, input] of changes) {
      const change = { appointmentId: appointment.pmsId, ...input };
      expect(await client.write(verb, change, 'cut-before'), verb).toMatchObject({
        __typename: 'OutcomeUnknown',
        idempotencyKey: null,
        retryable: true,
      });
      expect((await client.write(verb, change)).appointment.pmsId, verb).toBe(appointment.pmsId);
    }
  });

  it('a booking that never arrived: unknown for two minutes, then the same key books it', async () => {
    const input = { ...next(), patientId };
    const lost = await client.write('book', input, 'cut-before');
    expect(lost.__typename).toBe('OutcomeUnknown');
    const again = { ...input, idempotencyKey: lost.idempotencyKey };
    expect(lost.idempotencyKey).toMatch(/^[0-9a-f-]{36}$/);
    expect(await client.write('book', again)).toMatchObject({
      __typename: 'OutcomeUnknown',
      idempotencyKey: lost.idempotencyKey,
    });
    expect(rowsAt(sandbox, input)).toHaveLength(0);
    clock.pass(120_001);
    expect(await client.write('book', again)).toMatchObject({ __typename: 'BookAppointmentPayload' });
    expect(rowsAt(sandbox, input)).toHaveLength(1);
  });

  it('a booking that arrives late: unknown, then the same key finds it', async () => {
    const input = { ...next(), patientId, idempotencyKey: newKey() };
    // Later than the read that follows the lost response, on a busy machine too.
    expect(await client.write('book', input, 'late-2000')).toMatchObject({
      __typename: 'OutcomeUnknown',
      idempotencyKey: input.idempotencyKey,
    });
    await expect.poll(() => rowsAt(sandbox, input)).toHaveLength(1);
    const found = await client.write('book', input);
    expect(found).toMatchObject({ __typename: 'BookAppointmentPayload' });
    expect(await client.write('book', input)).toEqual(found);
    clock.pass(600_000);
    expect(await client.write('book', input)).toEqual(found);
    expect(rowsAt(sandbox, input)).toHaveLength(1);
  });

  it('the key answers as first, also when the appointment was cancelled or its time has passed since', async () => {
    const input = { ...next(), patientId, idempotencyKey: newKey() };
    const { appointment } = await client.write('book', input);
    await client.write('cancel', { appointmentId: appointment.id });
    const later = await client.write('book', input);
    expect(later.appointment).toMatchObject({ pmsId: appointment.pmsId, status: 'CANCELLED' });
    expect(rowsAt(sandbox, input)).toHaveLength(0);
    expect(await client.write('book', { ...input, patientId: otherPatient })).toMatchObject({
      __typename: 'InvalidInput',
      issues: [{ path: ['input', 'idempotencyKey'] }],
    });
  });

  it('a failure that certainly wrote nothing frees the key', async () => {
    const input = { ...next(), patientId, idempotencyKey: newKey() };
    expect((await client.write('book', input, '503')).__typename).toBe('SiteUnavailable');
    const changed = { ...input, patientId: otherPatient };
    expect((await client.write('book', changed)).__typename).toBe('BookAppointmentPayload');
  });
});

it('a change may wait in the queue of Halo Cloud only as long as its operation has time, and a read as long as Halo Cloud allows', async () => {
  const client = openBookingClient(sandbox, { source: 'sql-passthrough', deadlineMs: 20_000 });
  const [slot] = (await client.freeSlots('2026-12-03')) as [Slot];
  queueLimits.length = 0;
  await client.write('book', { ...slot, patientId });
  const limits = queueLimits.filter((limit) => limit !== undefined);
  expect(limits).toHaveLength(1);
  // Five seconds are kept to read whether the change was made, and half of 3.3 seconds for its execution.
  expect(limits[0]).toBeLessThanOrEqual(13_334);
  expect(limits[0]).toBeGreaterThan(0);
  await client.close();
});

describe('a practice that moved', () => {
  const { haloGuid = '' } = practices.find((each) => each.bpSiteId === bpSiteId) ?? {};
  const registry = [{ bpSiteId, name: 'Sandbox Wattle Practice', haloGuid }];

  it.each(['replay', 'surface'] as const)('is surfaced, and nothing is written: %s', async (failover) => {
    const client = openBookingClient(sandbox, { practices: registry, failover });
    const [slot] = (await client.freeSlots('2026-12-02')) as [Slot];
    expect(await client.write('book', { ...slot, patientId }, 'moved')).toMatchObject({
      __typename: 'AuthoritativeServerChanged',
      haloGuid,
    });
    expect(rowsAt(sandbox, slot)).toHaveLength(0);
    await client.close();
  });
});

describe('over HTTP', () => {
  const client = openBookingClient(sandbox);
  afterAll(() => client.close());

  it('a mutation by GET is refused, and nothing is sent', async () => {
    sandbox.resetCalls();
    const query = new URLSearchParams({
      query: mutation('cancel'),
      variables: JSON.stringify({ input: { bpSiteId, appointmentId: '1' } }),
    });
    const response = await client.facade.yoga.fetch(`http://facade.test/graphql?${query}`);
    expect(response.status).toBe(405);
    expect(sandbox.calls).toHaveLength(0);
  });

  it('D12: what can be seen without the practice costs nothing to refuse, what cannot costs one call', async () => {
    const [slot] = (await client.freeSlots('2026-12-02')) as [Slot];
    const whole = { ...slot, patientId };
    const cases = [
      ['book', { start: slot.start.slice(0, 19) }, 'input.start', 0],
      ['book', { start: '2026-11-20T10:00:00+11:00' }, 'input.start', 0],
      ['book', { start: '2029-12-01T10:00:00+11:00' }, 'input.start', 0],
      ['book', { durationMinutes: 0 }, 'input.durationMinutes', 0],
      ['book', { userId: '0' }, 'input.userId', 0],
      ['book', { patientId: 'no id' }, 'input.patientId', 0],
      ['book', { typeId: '' }, 'input.typeId', 0],
      ['book', { idempotencyKey: '' }, 'input.idempotencyKey', 0],
      ['book', { userId: '4711' }, 'input.userId', 1],
      ['book', { patientId: '4711' }, 'input.patientId', 1],
      ['book', { typeId: '4711' }, 'input.typeId', 1],
      ['book', { locationId: '4711' }, 'input.locationId', 1],
      ['book', { patientId: '4711', userId: '4712', typeId: '4713' }, 'input.patientId', 1],
      ['move', { start: '2026-11-20T10:00:00+11:00' }, 'input.start', 0],
      ['move', { start: slot.start.slice(0, 19) }, 'input.start', 0],
      ['move', { userId: '0' }, 'input.userId', 0],
      ['move', {}, 'input', 0],
      ['update', {}, 'input', 0],
      ['update', { durationMinutes: 2000 }, 'input.durationMinutes', 0],
      ['update', { typeId: '4711' }, 'input.typeId', 1],
    ] as const;
    const booked = await client.write('book', whole);
    for (const [verb, input, path, charged] of cases) {
      const of = verb === 'book' ? whole : { appointmentId: booked.appointment.pmsId };
      const { data, cost, text } = await client.execute(verb, { ...of, ...input });
      const paths = data.result.issues?.map((issue: { path: string[] }) => issue.path.join('.'));
      expect(paths, `${verb} ${JSON.stringify(input)} ${text}`).toContain(path);
      expect(cost.charged, `${verb} ${JSON.stringify(input)}`).toBe(charged);
    }
    for (const verb of ['cancel', 'arrive', 'move', 'update'] as const) {
      const change = {
        appointmentId: '4711111',
        ...(verb === 'move' && { start: slot.start }),
        ...(verb === 'update' && { reason: 'x' }),
      };
      const { data, cost } = await client.execute(verb, change);
      expect([data.result.__typename, cost.charged], verb).toEqual(['NotFound', 1]);
    }
  });

  it('a booking and a move are two charged calls, one where they are refused; other changes are one', async () => {
    const [slot, other] = (await client.freeSlots('2026-12-02')) as [Slot, Slot];
    const plain = await client.execute('book', { ...slot, patientId });
    expect(plain.data.result.__typename).toBe('BookAppointmentPayload');
    expect(plain.cost.charged).toBe(2);
    const typed = await client.execute('book', { ...other, patientId, typeId: '1' });
    expect(typed.cost.charged).toBe(2);
    const taken = await client.execute('book', { ...other, patientId });
    expect([taken.data.result.__typename, taken.cost.charged]).toEqual(['SlotTaken', 1]);
    const { pmsId: appointmentId } = typed.data.result.appointment;
    const free = (await client.freeSlots('2026-12-02')).filter(({ userId }) => userId === other.userId);
    const start = free.at(-1)?.start;
    for (const [input, type, charged] of [
      [{ start }, 'MoveAppointmentPayload', 2],
      [{ start: slot.start, userId: slot.userId }, 'SlotTaken', 1],
      [{ locationId: '4711' }, 'InvalidInput', 1],
      [{ userId: '4711' }, 'InvalidInput', 1],
    ] as const) {
      const moved = await client.execute('move', { appointmentId, ...input });
      expect([moved.data.result.__typename, moved.cost.charged], moved.text).toEqual([type, charged]);
    }
    const updated = await client.execute('update', {
      appointmentId,
      typeId: '2',
      durationMinutes: 10,
      reason: 'x',
    });
    expect([updated.data.result.__typename, updated.cost.charged]).toEqual(['UpdateAppointmentPayload', 1]);
    for (const verb of ['arrive', 'cancel', 'cancel'] as const) {
      expect((await client.execute(verb, { appointmentId })).cost.charged).toBe(1);
    }
  });
});
