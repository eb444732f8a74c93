import { describe, expect, it } from 'vitest';
import { addEntry } from '../../../sandbox/database/appointment-book.ts';
import type { ServerState } from '../../../sandbox/sql/server-state.ts';
import type { SqlStatement } from '../../../src/datasources/halo-cloud/practice-connection.ts';
import { NoAnswer } from '../../../src/datasources/practice/write-port.ts';
import { createSqlPassthrough } from '../../../src/datasources/sql-passthrough/index.ts';
import { AuthoritativeServerChanged, NotFound, PmsError, SlotTaken } from '../../../src/errors.ts';
import { maxCallsOf } from '../source-members.ts';
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

/** Each response belongs to one statement. An error is thrown. */
function practice(...answers: readonly (Error | readonly Record<string, unknown>[])[]) {
  const sent: SqlStatement[] = [];
  const queue = [...answers];
  const connection = fakeConnection(async () => {
    const next = queue.shift();
    if (next instanceof Error) throw next;
    return next ?? [];
  }, sent);
  const { writes } = createSqlPassthrough(connection);
  return { writes, sent, now: connection.now() };
}

const values = ({ parameters }: SqlStatement) =>
  Object.fromEntries(parameters.map(({ name, value }) => [name, value]));

describe('the text of a booking', () => {
  it('takes a lock, looks, books, and reads back: every value a parameter, one result set', async () => {
    const { writes, sent } = practice([]);
    await writes.bookAppointment(appointment).catch(() => {});
    expect(sent).toHaveLength(1);
    const lines = sent[0]?.text.split('\n') ?? [];
    expect(lines.filter((line) => !line.startsWith('SELECT @refused AS a,'))).toEqual([
      'SET NOCOUNT ON;',
      'DECLARE @refused INT = 0, @returned INT, @lock INT = -1, @id INT;',
      'BEGIN TRY',
      "EXEC @lock = sp_getapplock @Resource = @lockName, @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 2500;",
      'END TRY',
      'BEGIN CATCH',
      'SET @lock = -999;',
      'END CATCH;',
      'IF EXISTS (SELECT 1 FROM dbo.APPOINTMENTS o WHERE o.USERID = @user AND o.APPOINTMENTDATE >= DATEADD(day, -1, @date) AND o.APPOINTMENTDATE <= DATEADD(day, 1, @date) AND o.RECORDSTATUS IN (1, 4) AND CAST(DATEDIFF(day, @date, o.APPOINTMENTDATE) * 86400 AS bigint) + o.APPOINTMENTTIME < @endsAt AND CAST(DATEDIFF(day, @date, o.APPOINTMENTDATE) * 86400 AS bigint) + o.APPOINTMENTTIME + o.APPOINTMENTLENGTH > @time) SET @refused = 4',
      'IF @refused = 0 EXEC @returned = dbo.BP_AddAppointmentEx @aptdate = @date, @apttime = @time, @aptlen = @length, @practitionerid = @user, @patientid = @patient, @locationid = @location, @appointmenttype = @type, @reason = @reason;',
      'SELECT @id = MAX(a.RECORDID) FROM dbo.APPOINTMENTS a WHERE @refused = 0 AND a.USERID = @user AND a.APPOINTMENTDATE = @date AND a.APPOINTMENTTIME = @time AND a.INTERNALID = @patient AND a.RECORDSTATUS IN (1, 4);',
      'IF @id IS NULL AND @returned > 0 SET @id = @returned;',
      "IF @lock >= 0 EXEC sp_releaseapplock @Resource = @lockName, @LockOwner = 'Session';",
      'FROM (SELECT 1 AS one) x',
      'LEFT JOIN dbo.APPOINTMENTS a ON a.RECORDID = @id',
      'LEFT JOIN dbo.LOCATIONS l ON l.LOCATIONID = a.LOCATIONID',
      ';',
    ]);
    expect(lines.filter((line) => line.startsWith('SELECT'))).toHaveLength(2);
    expect(values(sent[0] as SqlStatement)).toEqual({
      '@date': '2026-11-24',
      '@time': '33300',
      '@endsAt': '34200',
      '@length': '900',
      '@user': '2',
      '@patient': '7',
      '@location': '1',
      '@type': '4',
      '@reason': "O'Synthetic; DROP",
      '@lockName': 'halo-graph appointments 2 2026-11-24',
    });
    expect(sent[0]?.procedure).toBe('BP_AddAppointmentEx');
  });

  it('waits for the lock as long as its connection allows, in a text that is otherwise the same', async () => {
    const sent: SqlStatement[] = [];
    const textWith = async (maxLockWaitMs: number) => {
      const connection = { ...fakeConnection(async () => [], sent), maxLockWaitMs };
      await createSqlPassthrough(connection)
        .writes.bookAppointment(appointment)
        .catch(() => {});
      return sent.at(-1)?.text ?? '';
    };
    const text = await textWith(500);
    expect(text).toContain('@LockTimeout = 500;');
    expect(await textWith(500)).toBe(text);
    expect((await textWith(2_500)).replace('@LockTimeout = 2500;', '@LockTimeout = 500;')).toBe(text);
  });

  it('sends the standard type and an empty text where nothing is said', async () => {
    const { writes, sent } = practice([]);
    await writes.bookAppointment({ ...appointment, typeId: null, reason: null }).catch(() => {});
    expect(values(sent[0] as SqlStatement)).toMatchObject({ '@type': '1', '@reason': '' });
  });

  it.each([
    ['no row', []],
    ['another column', [{ other: 1 }]],
    ['two rows', [{ a: 0 }, { a: 0 }]],
  ])('does not know what happened when the answer holds %s', async (_what, rows) => {
    const { writes, now } = practice(rows);
    const failure = await writes.bookAppointment(appointment).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NoAnswer);
    expect(failure).toMatchObject({ sentAt: now, over: false, cause: { code: 'UPSTREAM_FAILED' } });
  });

  it.each([
    ['another SQL error', new PmsError('mssql', 229)],
    ['a write without an answer', new NoAnswer(1, new Error('cut'))],
    ['D5: a missing procedure that it did not call', new NoAnswer(1, new PmsError('mssql', 2812), true)],
    ['a server that has changed', new AuthoritativeServerChanged({ haloGuid: 'g' })],
  ])('tries nothing else after %s', async (_what, error) => {
    const { writes, sent } = practice(error);
    await expect(writes.bookAppointment(appointment)).rejects.toBe(error);
    expect(sent).toHaveLength(1);
  });

  it('costs one call at any Bp Premier site', async () => {
    const adapter = createSqlPassthrough(fakeConnection(async () => []));
    expect(await adapter.supportsWrite({ method: 'bookAppointment', change: appointment })).toEqual({
      can: true,
    });
    expect(maxCallsOf(adapter, { method: 'moveAppointment', change: move })).toBe(1);
  });
});

it('sends no id that cannot exist', async () => {
  const { writes, sent } = practice();
  for (const appointmentId of ['0', '-1', 'x', '2147483648', '1 OR 1=1']) {
    await expect(writes.cancelAppointment({ appointmentId })).rejects.toBeInstanceOf(NotFound);
    await expect(writes.moveAppointment({ ...move, appointmentId })).rejects.toBeInstanceOf(NotFound);
    await expect(writes.updateAppointment({ ...change, appointmentId })).rejects.toBeInstanceOf(NotFound);
  }
  await expect(writes.updateAppointment({ ...change, typeId: 'x' })).rejects.toMatchObject({
    issues: [{ path: ['typeId'] }],
  });
  expect(sent).toEqual([]);
});

describe("through the sandbox's database", () => {
  const nearlyEmpty = { patients: 20, doctors: 2, appointmentsPerDay: 0, daysBack: 0 };
  const fields = { type: {}, reason: {}, arrivedAt: {}, patient: {}, user: {}, location: {} };

  async function day(state: ServerState = {}) {
    const connection = connectSandbox('1002', nearlyEmpty, state);
    const { database } = connection;
    const { data, writes } = createSqlPassthrough(connection);
    const { slots } = await data.availableSlots({
      from: '2026-11-24',
      to: '2026-11-24',
      durationMinutes: 15,
    });
    const [first] = slots;
    const free = slots.filter(({ userId }) => userId === first?.userId);
    const [patient, other] = await data.patients({ limit: 2, fields: {} });
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
      fields,
    });
    /** A row that the front desk adds without checking the time. */
    const atDesk = (seconds: number, durationSeconds = 900, columns = ''): number => {
      const { userId, locationId, date } = at(0);
      const id = addEntry(
        database,
        {
          userId: Number(userId),
          locationId: Number(locationId),
          date,
          time: seconds,
          length: durationSeconds,
          patientId: Number(other?.pmsId),
          typeId: 1,
          reason: 'Desk',
        },
        { now: '2026-11-23T08:00:00', by: 1 },
      );
      if (columns !== '') database.run(`UPDATE APPOINTMENTS SET ${columns} WHERE RECORDID = ${id}`);
      return id;
    };
    const row = (id: string | number) =>
      database.all(`SELECT * FROM APPOINTMENTS WHERE RECORDID = ${Number(id)}`)[0];
    const sent = connection.sent;
    return { ...connection, writes, data, at, atDesk, row, sent };
  }

  it('books, changes, moves, arrives and cancels, and reads back what it has written: one call each', async () => {
    const { writes, at, sent, locksLeft } = await day();
    const place = at(0);
    let before = sent.length;
    const calls = () => {
      const made = sent.length - before;
      before = sent.length;
      return made;
    };
    const booked = await writes.bookAppointment(place);
    const { appointmentId } = booked;
    const { userId, locationId, patientId } = place;
    expect(booked.appointment).toMatchObject({
      pmsId: appointmentId,
      status: 'BOOKED',
      durationMinutes: 15,
      reason: 'Sample reason',
      type: { pmsId: '2' },
      patient: { pmsId: patientId },
      user: { pmsId: userId },
      location: { pmsId: locationId },
    });
    expect(calls()).toBe(1);
    const last = { ...place, seconds: 72_000, appointmentId };
    expect((await writes.moveAppointment(last)).appointment?.start).toContain('T20:00:00');
    expect(calls()).toBe(1);
    const update = { appointmentId, typeId: '1', durationSeconds: 600, reason: null, fields };
    expect((await writes.updateAppointment(update)).appointment).toMatchObject({
      durationMinutes: 10,
      reason: null,
      type: { pmsId: '1' },
    });
    expect(calls()).toBe(1);
    const arrived = await writes.arriveAppointment({ appointmentId, arrived: true, fields });
    expect(arrived.appointment).toMatchObject({ status: 'ARRIVED', arrivedAt: expect.any(String) });
    expect(calls()).toBe(1);
    const back = await writes.arriveAppointment({ appointmentId, arrived: false, fields });
    expect(back.appointment).toMatchObject({ status: 'BOOKED', arrivedAt: null });
    expect((await writes.cancelAppointment({ appointmentId })).appointment?.status).toBe('CANCELLED');
    // The appointment already is as requested: no procedure is called, but it is read.
    expect((await writes.cancelAppointment({ appointmentId })).appointment?.status).toBe('CANCELLED');
    expect(await writes.bookAppointment({ ...place, seconds: 72_000 })).toBeDefined();
    expect(locksLeft()).toEqual([]);
  });

  it('a time that has any part of another row is taken', async () => {
    const { writes, at, row } = await day();
    const place = at(0);
    const first = await writes.bookAppointment(place);
    const parts = [
      { seconds: place.seconds },
      { seconds: place.seconds + 300, durationSeconds: 300 },
      { seconds: place.seconds - 300, durationSeconds: 600 },
      { seconds: place.seconds - 900, durationSeconds: 2700 },
    ];
    for (const part of parts) {
      await expect(writes.bookAppointment({ ...place, ...part })).rejects.toBeInstanceOf(SlotTaken);
    }
    const other = await writes.bookAppointment({ ...place, seconds: 72_000 });
    const { appointmentId } = other;
    await expect(writes.moveAppointment({ ...place, appointmentId })).rejects.toBeInstanceOf(SlotTaken);
    expect(row(appointmentId)?.APPOINTMENTTIME).toBe(72_000);
    // Its own time is not a conflict.
    const own = { ...place, appointmentId: first.appointmentId, seconds: place.seconds - 300 };
    expect((await writes.moveAppointment(own)).refusedStatus).toBeNull();
  });

  it('a time is also taken by a row past midnight, of RECORDSTATUS 4, or of an absurd length', async () => {
    const { writes, at, atDesk, database } = await day();
    const place = { ...at(0), seconds: 600 };
    const tries = [
      [85_000, 3_600, "APPOINTMENTDATE = '2026-11-23T00:00:00'"],
      [900, 600, 'RECORDSTATUS = 4'],
      [300, 2_147_483_000, ''],
    ] as const;
    for (const [seconds, length, columns] of tries) {
      const id = atDesk(seconds, length, columns);
      await expect(writes.bookAppointment(place), columns).rejects.toBeInstanceOf(SlotTaken);
      database.run(`DELETE FROM APPOINTMENTS WHERE RECORDID = ${id}`);
    }
    const late = { ...at(0), seconds: 86_000, durationSeconds: 1_800 };
    atDesk(600, 900, "APPOINTMENTDATE = '2026-11-25T00:00:00'");
    await expect(writes.bookAppointment(late)).rejects.toBeInstanceOf(SlotTaken);
    expect(await writes.bookAppointment(place)).toBeDefined();
  });

  it('refuses a change for a status, and returns the status', async () => {
    const { writes, at, row } = await day();
    const { appointmentId } = await writes.bookAppointment(at(0));
    await writes.cancelAppointment({ appointmentId });
    const before = row(appointmentId);
    const of = { appointmentId, refusedStatuses: ['CANCELLED', 'FULFILLED'] } as const;
    const refused = {
      refusedStatus: 'CANCELLED',
      appointment: { pmsId: appointmentId, status: 'CANCELLED' },
    };
    expect(await writes.updateAppointment({ ...of, reason: 'x' })).toMatchObject(refused);
    expect(await writes.moveAppointment({ ...of, ...at(1) })).toMatchObject(refused);
    expect(await writes.arriveAppointment({ ...of, arrived: true })).toMatchObject(refused);
    expect(row(appointmentId)).toEqual(before);
  });

  it('says so where there is no such appointment, or only blocked time', async () => {
    const { writes, atDesk, at, row } = await day();
    const blocked = atDesk(at(3).seconds, 900, 'APPOINTMENTCODE = 0, INTERNALID = 0');
    for (const appointmentId of ['2147483000', String(blocked)]) {
      const attempts = [
        writes.cancelAppointment({ appointmentId }),
        writes.arriveAppointment({ appointmentId, arrived: true }),
        writes.updateAppointment({ appointmentId, reason: 'x' }),
        writes.moveAppointment({ ...at(4), appointmentId }),
      ];
      for (const attempt of attempts) await expect(attempt).rejects.toBeInstanceOf(NotFound);
    }
    expect(row(blocked)).toMatchObject({ APPOINTMENTCODE: 0, RECORDSTATUS: 1, REASON: 'Desk' });
  });

  it('books the same where BP_AddAppointmentEx is missing, in two calls the first time and one afterwards', async () => {
    const { writes, at, sent } = await day({ missing: ['BP_AddAppointmentEx'] });
    const before = sent.length;
    const { appointment: booked } = await writes.bookAppointment(at(0));
    expect(sent).toHaveLength(before + 2);
    expect(booked).toMatchObject({ reason: 'Sample reason', type: { pmsId: '2' } });
    await writes.bookAppointment(at(1));
    expect(sent).toHaveLength(before + 3);
  });

  describe('D3: a procedure that returns 0', () => {
    it('and has booked: what is there decides', async () => {
      const { writes, at } = await day({ procedures: 'returns-0' });
      const { appointment: booked } = await writes.bookAppointment(at(0));
      expect(booked).toMatchObject({ reason: 'Sample reason', patientId: at(0).patientId });
    });

    it('and has done nothing while the time is free: PmsError, not SlotTaken', async () => {
      const { writes, at, sent } = await day({ procedures: 'does-nothing' });
      const before = sent.length;
      await expect(writes.bookAppointment(at(0))).rejects.toMatchObject({
        code: 'PMS_ERROR',
        errorType: 'mssql',
        errorCode: null,
      });
      // The check is part of the same text.
      expect(sent).toHaveLength(before + 1);
    });

    it('of a patient who has just been deleted', async () => {
      const { writes, at, database } = await day();
      database.run(`UPDATE PATIENTS SET RECORDSTATUS = 0 WHERE INTERNALID = ${at(0).patientId}`);
      await expect(writes.bookAppointment(at(0))).rejects.toMatchObject({ code: 'PMS_ERROR' });
    });

    it('after another caller took the time between our check and the call: SlotTaken', async () => {
      const state: { -readonly [K in keyof ServerState]: ServerState[K] } = { procedures: 'does-nothing' };
      const { writes, at, atDesk } = await day(state);
      state.beforeProcedure = () => atDesk(at(0).seconds);
      await expect(writes.bookAppointment(at(0))).rejects.toBeInstanceOf(SlotTaken);
    });

    it.each([
      ['cancel', 'BP_CancelAppointment'],
      ['arrive', 'BP_ArriveAppointment'],
      ['update', 'BP_UpdateAppointment'],
      ['move', 'BP_MoveAppointment'],
    ] as const)('%s: PmsError where nothing has changed, done where it has', async (verb, procedure) => {
      const state: { -readonly [K in keyof ServerState]: ServerState[K] } = {};
      const { writes, at } = await day(state);
      const { appointmentId } = await writes.bookAppointment(at(0));
      const send = {
        cancel: () => writes.cancelAppointment({ appointmentId }),
        arrive: () => writes.arriveAppointment({ appointmentId, arrived: true }),
        update: () => writes.updateAppointment({ appointmentId, reason: 'Another' }),
        move: () => writes.moveAppointment({ ...at(1), appointmentId }),
      }[verb];
      state.procedures = 'does-nothing';
      await expect(send()).rejects.toMatchObject({
        code: 'PMS_ERROR',
        detail: expect.stringContaining(procedure),
      });
      state.procedures = 'returns-0';
      expect((await send()).refusedStatus).toBeNull();
    });
  });

  describe('D4: what is to stay', () => {
    it('is what the practice has at that moment, also a type that is none', async () => {
      const { writes, at, atDesk, row } = await day();
      const id = atDesk(at(2).seconds, 600, "APPOINTMENTTYPE = 0, REASON = 'As it was'");
      const appointmentId = String(id);
      await writes.updateAppointment({ appointmentId, reason: 'Another' });
      expect(row(id)).toMatchObject({ APPOINTMENTTYPE: 0, APPOINTMENTLENGTH: 600, REASON: 'Another' });
      await writes.updateAppointment({ appointmentId, durationSeconds: 900 });
      expect(row(id)).toMatchObject({ APPOINTMENTTYPE: 0, APPOINTMENTLENGTH: 900, REASON: 'Another' });
      await writes.updateAppointment({ appointmentId, typeId: '2' });
      expect(row(id)).toMatchObject({ APPOINTMENTTYPE: 2, APPOINTMENTLENGTH: 900, REASON: 'Another' });
      await writes.updateAppointment({ appointmentId, reason: null });
      expect(row(id)).toMatchObject({ APPOINTMENTTYPE: 2, APPOINTMENTLENGTH: 900, REASON: '' });
    });

    it('an unknown type is refused, and nothing is called', async () => {
      const { writes, at, row } = await day();
      const { appointmentId } = await writes.bookAppointment(at(0));
      const before = row(appointmentId);
      await expect(writes.updateAppointment({ appointmentId, typeId: '4711' })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        issues: [{ path: ['typeId'] }],
      });
      expect(row(appointmentId)).toEqual(before);
    });
  });

  describe('D6: two at once', () => {
    it.each(['refused', 'busy'] as const)('goes on without a lock that is %s', async (locks) => {
      const { writes, at } = await day({ locks });
      const { appointmentId } = await writes.bookAppointment(at(0));
      await writes.updateAppointment({ appointmentId, durationSeconds: 600 });
      expect((await writes.moveAppointment({ ...at(1), appointmentId })).refusedStatus).toBeNull();
    });

    it('the lock is given back after every text, also after one whose procedure fails', async () => {
      const state: { -readonly [K in keyof ServerState]: ServerState[K] } = {};
      const { writes, at, locksLeft } = await day(state);
      const { appointmentId } = await writes.bookAppointment(at(0));
      for (const procedures of ['error-before', 'error-after', 'error-nested', 'does-nothing'] as const) {
        state.procedures = procedures;
        await writes.bookAppointment(at(1)).catch(() => {});
        await writes.updateAppointment({ appointmentId, durationSeconds: 300 }).catch(() => {});
        await writes.moveAppointment({ ...at(2), appointmentId }).catch(() => {});
        expect(locksLeft(), procedures).toEqual([]);
      }
    });

    it.each(['book', 'move', 'update'] as const)(
      '%s: what was put into the same time meanwhile is counted and reported',
      async (verb) => {
        const state: { -readonly [K in keyof ServerState]: ServerState[K] } = {};
        const { writes, at, atDesk, warnings } = await day(state);
        const { appointmentId } = await writes.bookAppointment(at(0));
        const seconds = verb === 'update' ? at(0).seconds + 900 : 72_000;
        state.beforeProcedure = () => atDesk(seconds);
        if (verb === 'book') await writes.bookAppointment({ ...at(0), seconds });
        if (verb === 'move') await writes.moveAppointment({ ...at(0), seconds, appointmentId });
        if (verb === 'update') await writes.updateAppointment({ appointmentId, durationSeconds: 1800 });
        expect(warnings).toEqual(['APPOINTMENTS_OVERLAP']);
      },
    );

    it('nothing is reported where nothing overlaps, nor of two that overlapped before', async () => {
      const { writes, at, atDesk, warnings } = await day();
      const { appointmentId } = await writes.bookAppointment(at(0));
      atDesk(at(0).seconds);
      await writes.updateAppointment({ appointmentId, durationSeconds: 600 });
      await writes.updateAppointment({ appointmentId, reason: 'Another' });
      expect(warnings).toEqual([]);
    });
  });

  describe('D11: an appointment that is made longer', () => {
    it.each([
      ['that begins after it', 900, 900],
      ['that began with it', 0, 1800],
      ['that began earlier', -900, 3600],
    ])('is refused into blocked time %s', async (_what, from, length) => {
      const { writes, at, atDesk, row } = await day();
      const place = at(4);
      const { appointmentId } = await writes.bookAppointment({ ...place, seconds: 72_000 });
      atDesk(72_000 + from, length, 'APPOINTMENTCODE = 0, INTERNALID = 0');
      await expect(writes.updateAppointment({ appointmentId, durationSeconds: 1800 })).rejects.toBeInstanceOf(
        SlotTaken,
      );
      expect(row(appointmentId)?.APPOINTMENTLENGTH).toBe(900);
      // Shorter, or otherwise, it can be changed.
      await writes.updateAppointment({ appointmentId, durationSeconds: 600, reason: 'Another' });
      expect(row(appointmentId)).toMatchObject({ APPOINTMENTLENGTH: 600, REASON: 'Another' });
    });
  });
});
