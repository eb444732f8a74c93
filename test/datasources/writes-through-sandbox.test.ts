/** A change from the port through HTTP into the sandbox's database, with simulated faults. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultKey, type RunningSandbox, startSandbox } from '../../sandbox/server/start.ts';
import { PairingRefused } from '../../src/datasources/halo-cloud/halo-session.ts';
import { createHaloSessions, type HaloSessions } from '../../src/datasources/halo-cloud/session.ts';
import { createSitesDirectory } from '../../src/datasources/halo-cloud/sites/sites-directory.ts';
import { createHaloCloud, type HaloCloud } from '../../src/datasources/halo-cloud/transport/client.ts';
import { routePracticeData } from '../../src/datasources/practice/choose-source.ts';
import { NoAnswer } from '../../src/datasources/practice/write-port.ts';
import { NotFound, SlotTaken } from '../../src/errors.ts';
import { sandboxNow, sandboxToday } from '../sandbox-today.ts';
import { portsOf } from './ports-of.ts';

const bpSiteId = '9001';
const log = { debug() {}, info() {}, warn() {}, error() {} };
const clock = () => sandboxNow;
let sandbox: RunningSandbox;
let halo: HaloCloud;
let sessions: HaloSessions;

beforeAll(async () => {
  sandbox = await startSandbox({ today: sandboxToday, now: clock });
  halo = createHaloCloud({ baseUrl: sandbox.url, subscriptionKey: defaultKey, log, clock });
  const directory = createSitesDirectory({ halo, registry: [], clock });
  sessions = createHaloSessions({ halo, directory, registry: [], failover: 'replay', clock });
});
afterAll(async () => {
  await halo.close();
  await sandbox.close();
});

async function practice(source: 'sql-passthrough' | 'bp-premier', fault?: string) {
  const session = sessions.openSession({
    signal: AbortSignal.timeout(10_000),
    requestId: 'test',
    simulatedFault: fault,
    log,
  });
  const connection = await session.practice('BEST_PRACTICE', bpSiteId);
  return {
    ...portsOf(routePracticeData(connection, { preference: source, assumedWrites: true })),
    connection,
    session,
  };
}

let day = 0;
/** A day after all data of the practice, without appointments. */
function place() {
  day += 1;
  const date = new Date(Date.parse('2028-01-01T00:00:00Z') + day * 86_400_000).toISOString().slice(0, 10);
  return { date, seconds: 36_000, userId: '2', locationId: '1' };
}
const booking = (at: ReturnType<typeof place>) => ({
  ...at,
  patientId: '7',
  durationSeconds: 900,
  typeId: '2',
  reason: 'Sample',
});

interface Row {
  readonly id: number;
  readonly status: number;
  readonly code: number;
  readonly time: number;
}
/** Rows of the book at that place's day, in any state. */
function rowsAt({ date }: { date: string }): readonly Row[] {
  return sandbox
    .database(bpSiteId)
    .all(
      'SELECT RECORDID AS id, RECORDSTATUS AS status, APPOINTMENTCODE AS code, APPOINTMENTTIME AS time FROM APPOINTMENTS WHERE APPOINTMENTDATE = @date ORDER BY RECORDID',
      { '@date': `${date}T00:00:00` },
    ) as unknown as readonly Row[];
}

describe.each(['sql-passthrough', 'bp-premier'] as const)('by %s', (source) => {
  it('books once, for the stated number of charged calls', async () => {
    const at = place();
    const { writes, session } = await practice(source);
    const { appointmentId } = await writes.bookAppointment(booking(at));
    expect(rowsAt(at)).toEqual([{ id: Number(appointmentId), status: 1, code: 1, time: 36_000 }]);
    expect(session.cost()).toMatchObject({ charged: source === 'bp-premier' ? 2 : 1, retries: 0 });
    await expect(writes.bookAppointment(booking(at))).rejects.toBeInstanceOf(SlotTaken);
    expect(rowsAt(at)).toHaveLength(1);
  });

  it('lets one of many callers book the same time', async () => {
    const at = place();
    const attempts = await Promise.allSettled(
      Array.from({ length: 20 }, async () => (await practice(source)).writes.bookAppointment(booking(at))),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const attempt of attempts) {
      if (attempt.status === 'rejected') expect(attempt.reason).toBeInstanceOf(SlotTaken);
    }
    expect(rowsAt(at)).toHaveLength(1);
  });

  it.each([
    ['504-after', 1],
    ['cut-before', 0],
    ['cut-after', 1],
  ])('does not know what became of it after %s', async (fault, rows) => {
    const at = place();
    const { writes } = await practice(source, fault);
    await expect(writes.bookAppointment(booking(at))).rejects.toBeInstanceOf(NoAnswer);
    expect(rowsAt(at)).toHaveLength(rows);
    // A second read finds it, and nothing was sent twice.
    const again = (await practice(source)).writes.bookAppointment(booking(at));
    if (rows === 1) await expect(again).rejects.toBeInstanceOf(SlotTaken);
    else expect(await again).toMatchObject({ appointmentId: expect.any(String) });
    expect(rowsAt(at)).toHaveLength(1);
  });

  it.each([
    ['503', 'SITE_UNAVAILABLE'],
    ['429', 'RATE_LIMITED'],
    ['quota', 'ACCESS_DENIED'],
    ['not-paired', 'ACCESS_DENIED'],
  ])('knows that nothing was done after %s', async (fault, code) => {
    const at = place();
    const { writes } = await practice(source, fault);
    await expect(writes.bookAppointment(booking(at))).rejects.toMatchObject({ code });
    expect(rowsAt(at)).toEqual([]);
  });

  it('moves, lengthens, arrives and cancels what is there', async () => {
    const at = place();
    const { writes } = await practice(source);
    const { appointmentId } = await writes.bookAppointment(booking(at));
    await writes.moveAppointment({ ...at, seconds: 39_600, appointmentId });
    await writes.updateAppointment({ appointmentId, typeId: '1', durationSeconds: 1800, reason: null });
    await writes.arriveAppointment({ appointmentId, arrived: true });
    expect(rowsAt(at)).toMatchObject([{ status: 1, code: 2, time: 39_600 }]);
    await writes.arriveAppointment({ appointmentId, arrived: false });
    await writes.cancelAppointment({ appointmentId });
    expect(rowsAt(at)).toMatchObject([{ status: 2 }]);
  });

  it('says so where there is no such appointment', async () => {
    const { writes } = await practice(source);
    const failure = writes.cancelAppointment({ appointmentId: '2147483000' });
    await expect(failure).rejects.toBeInstanceOf(NotFound);
  });
});

describe('a practice that has moved', () => {
  it('is neither sent to the former server nor resent to the new one', async () => {
    const at = place();
    const { connection } = await practice('sql-passthrough');
    const { writes, data, connection: moved } = await practice('sql-passthrough', 'moved');
    await expect(writes.bookAppointment(booking(at))).rejects.toMatchObject({
      code: 'AUTHORITATIVE_SERVER_CHANGED',
      haloGuid: connection.haloGuid,
      currentHaloGuid: expect.any(String),
      bpSiteId,
    });
    expect([moved.haloGuid, rowsAt(at)]).toEqual([connection.haloGuid, []]);
    // A read follows the practice to its new server, and a later write goes there too.
    await data.locations();
    await writes.bookAppointment(booking(at));
    expect(moved.haloGuid).not.toBe(connection.haloGuid);
  });
});

describe('BP_AddAppointmentEx is missing', () => {
  it('and the appointment is booked whole all the same', async () => {
    const at = place();
    const { writes, data, session } = await practice('sql-passthrough', 'no-ex');
    const { appointmentId } = await writes.bookAppointment(booking(at));
    expect(session.cost()).toMatchObject({ charged: 2 });
    const [booked] = await data.appointments({ ids: [appointmentId], fields: { type: {}, reason: {} } });
    expect(booked).toMatchObject({ reason: 'Sample', type: { pmsId: '2' } });
  });
});

describe('pairing', () => {
  const pair = (pairingCode: string | null, pmsSiteId = bpSiteId, fault?: string) =>
    sessions
      .openSession({
        signal: AbortSignal.timeout(10_000),
        requestId: 'test',
        simulatedFault: fault,
        log,
      })
      .pair({ pms: 'BEST_PRACTICE', pmsSiteId, pairingCode });

  it('gives the site', async () => {
    expect(await pair('SANDBX')).toMatchObject({ pmsSiteId: bpSiteId, pms: 'BEST_PRACTICE' });
  });

  it('reports what was wrong', async () => {
    await expect(pair('WRONG1')).rejects.toBeInstanceOf(PairingRefused);
    await expect(pair(null)).rejects.toBeInstanceOf(PairingRefused);
    await expect(pair('SANDBX', '424242')).rejects.toBeInstanceOf(NotFound);
    await expect(pair('SANDBX', bpSiteId, 'pair-fails')).rejects.toMatchObject({
      code: 'UPSTREAM_FAILED',
      httpStatus: 502,
    });
    await expect(pair('SANDBX', bpSiteId, 'quota')).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
    await expect(pair('SANDBX', bpSiteId, 'cut-after')).rejects.toMatchObject({ code: 'UPSTREAM_FAILED' });
  });
});
