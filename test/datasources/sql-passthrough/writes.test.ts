import { describe, expect, it } from 'vitest';
import type { SqlStatement } from '../../../src/datasources/practice-connection.ts';
import { NoAnswer, type PracticeWrites } from '../../../src/datasources/practice-writes.ts';
import { createSqlPassthrough } from '../../../src/datasources/sql-passthrough/index.ts';
import { AuthoritativeServerChanged, NotFound, PmsError, SlotTaken } from '../../../src/errors.ts';
import { connectSandbox, fakeConnection } from './engine-connection.ts';

const appointment = {
  patientId: '7',
  userId: '2',
  locationId: '1',
  date: '2026-11-24',
  seconds: 33_300,
  durationSeconds: 900,
  typeId: '4',
  reason: "O'Synthetic; DROP",
};
const move = { appointmentId: '90', date: '2026-11-25', seconds: 36_000, userId: '3', locationId: '1' };
const change = { appointmentId: '90', typeId: '2', durationSeconds: 1800, reason: 'Sample' };

/** Each answer is that of one statement; an error is thrown. */
function practice(...answers: readonly (Error | readonly Record<string, unknown>[])[]) {
  const asked: SqlStatement[] = [];
  const queue = [...answers];
  const connection = fakeConnection(async () => {
    const next = queue.shift();
    if (next instanceof Error) throw next;
    return next ?? [];
  }, asked);
  const { writes } = createSqlPassthrough(connection);
  return { writes, asked, now: connection.now() };
}

const values = ({ parameters }: SqlStatement) =>
  Object.fromEntries(parameters.map(({ name, value }) => [name, value]));

describe('booking', () => {
  it('looks and books in one text, every value a parameter', async () => {
    const { writes, asked } = practice([{ appointmentId: 4711 }]);
    expect(await writes.bookAppointment(appointment)).toEqual({ appointmentId: '4711' });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.text.split('\n')).toEqual([
      'DECLARE @appointmentId INT = 0;',
      'IF NOT EXISTS (SELECT 1 FROM dbo.APPOINTMENTS a WHERE a.USERID = @user AND a.APPOINTMENTDATE = @date AND a.RECORDSTATUS = 1 AND a.APPOINTMENTTIME < @endsAt AND a.APPOINTMENTTIME + a.APPOINTMENTLENGTH > @time)',
      'EXEC @appointmentId = dbo.BP_AddAppointmentEx @aptdate = @date, @apttime = @time, @aptlen = @length, @practitionerid = @user, @patientid = @patient, @locationid = @location, @appointmenttype = @type, @reason = @reason;',
      'SELECT @appointmentId AS appointmentId;',
    ]);
    expect(values(asked[0] as SqlStatement)).toEqual({
      '@date': '2026-11-24',
      '@time': '33300',
      '@endsAt': '34200',
      '@length': '900',
      '@user': '2',
      '@patient': '7',
      '@location': '1',
      '@type': '4',
      '@reason': "O'Synthetic; DROP",
    });
  });

  it('sends the standard type and NULL where nothing is said', async () => {
    const { writes, asked } = practice([{ appointmentId: '12' }]);
    await writes.bookAppointment({ ...appointment, typeId: null, reason: null });
    expect(values(asked[0] as SqlStatement)).toMatchObject({ '@type': '1', '@reason': null });
  });

  it('is SlotTaken when 0 comes back, and PmsError for less', async () => {
    await expect(practice([{ appointmentId: 0 }]).writes.bookAppointment(appointment)).rejects.toBeInstanceOf(
      SlotTaken,
    );
    for (const appointmentId of [null, -1]) {
      const failure = practice([{ appointmentId }]).writes.bookAppointment(appointment);
      await expect(failure).rejects.toMatchObject({ code: 'PMS_ERROR', errorType: 'mssql', errorCode: null });
    }
  });

  it.each([
    ['no row', []],
    ['another column', [{ other: 1 }]],
    ['no number', [{ appointmentId: 'x' }]],
    ['two rows', [{ appointmentId: 1 }, { appointmentId: 2 }]],
  ])('does not know what happened when the answer holds %s', async (_what, rows) => {
    const { writes, now } = practice(rows);
    const failure = await writes.bookAppointment(appointment).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NoAnswer);
    expect(failure).toMatchObject({ sentAt: now, cause: { code: 'UPSTREAM_FAILED' } });
  });

  it('goes by BP_AddAppointment where that is all there is, and adds type and reason', async () => {
    const { writes, asked } = practice(
      new PmsError('mssql', 2812),
      [{ appointmentId: 12 }],
      [{ updated: 0 }],
    );
    expect(await writes.bookAppointment(appointment)).toEqual({ appointmentId: '12' });
    expect(asked.map(({ text }) => /dbo\.(BP_\w+)/.exec(text)?.[1])).toEqual([
      'BP_AddAppointmentEx',
      'BP_AddAppointment',
      'BP_UpdateAppointment',
    ]);
    expect(asked[1]?.text).toContain('IF NOT EXISTS');
    expect(Object.keys(values(asked[1] as SqlStatement))).not.toContain('@reason');
    expect(values(asked[2] as SqlStatement)).toMatchObject({
      '@aptid': '12',
      '@type': '4',
      '@length': '900',
      '@reason': "O'Synthetic; DROP",
    });
  });

  it('leaves the old way at one call when there is nothing to add', async () => {
    const { writes, asked } = practice(new PmsError('mssql', 2812), [{ appointmentId: 12 }]);
    await writes.bookAppointment({ ...appointment, typeId: null, reason: null });
    expect(asked).toHaveLength(2);
  });

  it('has booked, whatever comes of type and reason', async () => {
    const { writes } = practice(
      new PmsError('mssql', 2812),
      [{ appointmentId: 12 }],
      new NoAnswer(1, new Error('cut')),
    );
    expect(await writes.bookAppointment(appointment)).toEqual({ appointmentId: '12' });
  });

  it.each([
    ['another SQL error', new PmsError('mssql', 229)],
    ['a write without an answer', new NoAnswer(1, new Error('cut'))],
    ['a server that has changed', new AuthoritativeServerChanged({ haloGuid: 'g' })],
  ])('tries nothing else after %s', async (_what, error) => {
    const { writes, asked } = practice(error);
    await expect(writes.bookAppointment(appointment)).rejects.toBe(error);
    expect(asked).toHaveLength(1);
  });
});

describe('the other changes', () => {
  it('update looks only at time that is gained', async () => {
    const { writes, asked } = practice([{ updated: 0 }]);
    await writes.updateAppointment(change);
    expect(asked[0]?.text.split('\n').slice(1)).toEqual([
      'IF NOT EXISTS (SELECT 1 FROM dbo.APPOINTMENTS m INNER JOIN dbo.APPOINTMENTS a ON a.USERID = m.USERID AND a.APPOINTMENTDATE = m.APPOINTMENTDATE WHERE m.RECORDID = @aptid AND a.RECORDID <> @aptid AND a.RECORDSTATUS = 1 AND a.APPOINTMENTTIME >= m.APPOINTMENTTIME + m.APPOINTMENTLENGTH AND a.APPOINTMENTTIME < m.APPOINTMENTTIME + @length)',
      'EXEC @updated = dbo.BP_UpdateAppointment @aptid = @aptid, @apttype = @type, @aptlen = @length, @reason = @reason;',
      'SELECT @updated AS updated;',
    ]);
    expect(values(asked[0] as SqlStatement)).toEqual({
      '@aptid': '90',
      '@type': '2',
      '@length': '1800',
      '@reason': 'Sample',
    });
    await expect(practice([{ updated: -1 }]).writes.updateAppointment(change)).rejects.toBeInstanceOf(
      SlotTaken,
    );
  });

  it('move keeps the length, which the text finds itself', async () => {
    const { writes, asked } = practice([{ moved: 0 }]);
    await writes.moveAppointment(move);
    expect(asked[0]?.text.split('\n')).toEqual([
      'DECLARE @moved INT = -1;',
      'IF NOT EXISTS (SELECT 1 FROM dbo.APPOINTMENTS a INNER JOIN dbo.APPOINTMENTS m ON m.RECORDID = @aptid WHERE a.USERID = @user AND a.APPOINTMENTDATE = @date AND a.RECORDSTATUS = 1 AND a.RECORDID <> @aptid AND a.APPOINTMENTTIME < @time + m.APPOINTMENTLENGTH AND a.APPOINTMENTTIME + a.APPOINTMENTLENGTH > @time)',
      'EXEC @moved = dbo.BP_MoveAppointment @aptid = @aptid, @aptdate = @date, @apttime = @time, @practitionerid = @user, @locationid = @location;',
      'SELECT @moved AS moved;',
    ]);
    await expect(practice([{ moved: -1 }]).writes.moveAppointment(move)).rejects.toBeInstanceOf(SlotTaken);
  });

  it.each([
    ['BP_CancelAppointment', (writes: PracticeWrites) => writes.cancelAppointment({ appointmentId: '90' })],
    [
      'BP_ArriveAppointment',
      (writes: PracticeWrites) => writes.arriveAppointment({ appointmentId: '90', arrived: true }),
    ],
    [
      'BP_UnarriveAppointment',
      (writes: PracticeWrites) => writes.arriveAppointment({ appointmentId: '90', arrived: false }),
    ],
  ])('%s takes the appointment alone', async (procedure, run) => {
    const { writes, asked } = practice([{ done: null }]);
    await run(writes);
    expect(asked).toEqual([
      {
        text: `DECLARE @done INT;\nEXEC @done = dbo.${procedure} @aptid = @aptid;\nSELECT @done AS done;`,
        parameters: [{ name: '@aptid', type: 'Int', value: '90' }],
        procedure,
      },
    ]);
  });

  it('sends no id that cannot exist', async () => {
    const { writes, asked } = practice();
    for (const appointmentId of ['0', '-1', 'x', '2147483648', '1 OR 1=1']) {
      await expect(writes.cancelAppointment({ appointmentId })).rejects.toBeInstanceOf(NotFound);
      await expect(writes.moveAppointment({ ...move, appointmentId })).rejects.toBeInstanceOf(NotFound);
      await expect(writes.updateAppointment({ ...change, appointmentId })).rejects.toBeInstanceOf(NotFound);
    }
    expect(asked).toEqual([]);
  });

  it('costs one call at any Bp Premier site', async () => {
    const adapter = createSqlPassthrough(fakeConnection(async () => []));
    expect(await adapter.supportsWrite({ method: 'bookAppointment', change: appointment })).toEqual({
      can: true,
    });
    expect(adapter.chargesWrite({ method: 'moveAppointment', change: move })).toBe(1);
  });
});

describe("through the sandbox's database", () => {
  const statuses = ['BOOKED', 'ARRIVED', 'CANCELLED'] as const;
  const fields = { type: {}, reason: {}, arrivedAt: {} };

  async function day(missing: readonly string[] = []) {
    const connection = connectSandbox('1002', {}, missing);
    const { data, writes } = createSqlPassthrough(connection);
    const { slots } = await data.availableSlots({
      from: '2026-11-24',
      to: '2026-11-24',
      durationMinutes: 15,
    });
    const [first] = slots;
    const free = slots.filter(({ userId }) => userId === first?.userId);
    const [patient] = await data.patients({ limit: 1, fields: {} });
    const secondsOf = (start: string) =>
      Number(start.slice(11, 13)) * 3600 + Number(start.slice(14, 16)) * 60;
    const at = (index: number) => ({
      patientId: patient?.pmsId ?? '',
      userId: free[index]?.userId ?? '',
      locationId: free[index]?.locationId ?? '',
      date: '2026-11-24',
      seconds: secondsOf(free[index]?.start ?? ''),
      durationSeconds: 900,
      typeId: '2',
      reason: 'Sample reason',
    });
    const read = async (id: string) => (await data.appointments({ ids: [id], statuses, fields }))[0];
    return { writes, at, read, asked: connection.asked };
  }

  it('books, changes, moves, arrives and cancels', async () => {
    const { writes, at, read } = await day();
    const { appointmentId } = await writes.bookAppointment(at(0));
    const booked = await read(appointmentId);
    expect(booked).toMatchObject({
      status: 'BOOKED',
      durationMinutes: 15,
      reason: 'Sample reason',
      type: { pmsId: '2' },
      patientId: at(0).patientId,
      userId: at(0).userId,
    });
    await expect(writes.bookAppointment(at(0))).rejects.toBeInstanceOf(SlotTaken);
    await expect(
      writes.bookAppointment({ ...at(0), seconds: at(0).seconds + 300, durationSeconds: 300 }),
    ).rejects.toBeInstanceOf(SlotTaken);

    const last = { ...at(0), seconds: 72_000 };
    await writes.moveAppointment({ ...last, appointmentId });
    expect((await read(appointmentId))?.start).toContain('T20:00:00');
    const next = await writes.bookAppointment({ ...at(0), seconds: 72_900 });
    await expect(
      writes.moveAppointment({ ...at(0), seconds: 72_300, appointmentId: next.appointmentId }),
    ).rejects.toBeInstanceOf(SlotTaken);

    const update = { appointmentId, typeId: '1', durationSeconds: 1800, reason: null };
    await expect(writes.updateAppointment(update)).rejects.toBeInstanceOf(SlotTaken);
    await writes.updateAppointment({ ...update, durationSeconds: 600 });
    expect(await read(appointmentId)).toMatchObject({
      durationMinutes: 10,
      reason: null,
      type: { pmsId: '1' },
    });

    await writes.arriveAppointment({ appointmentId, arrived: true });
    expect(await read(appointmentId)).toMatchObject({ status: 'ARRIVED', arrivedAt: expect.any(String) });
    await writes.arriveAppointment({ appointmentId, arrived: false });
    expect(await read(appointmentId)).toMatchObject({ status: 'BOOKED', arrivedAt: null });
    await writes.cancelAppointment({ appointmentId });
    expect(await read(appointmentId)).toMatchObject({ status: 'CANCELLED' });
    await expect(writes.cancelAppointment({ appointmentId })).rejects.toMatchObject({
      code: 'PMS_ERROR',
      errorCode: 50_000,
    });
    expect(await writes.bookAppointment({ ...at(0), seconds: 72_000 })).toBeDefined();
  });

  it('books the same where BP_AddAppointmentEx is missing', async () => {
    const { writes, at, read, asked } = await day(['BP_AddAppointmentEx']);
    const before = asked.length;
    const { appointmentId } = await writes.bookAppointment(at(0));
    expect(asked).toHaveLength(before + 3);
    expect(await read(appointmentId)).toMatchObject({ reason: 'Sample reason', type: { pmsId: '2' } });
  });
});
