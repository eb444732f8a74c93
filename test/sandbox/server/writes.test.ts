import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunningSandbox } from '../../../sandbox/server/start.ts';
import { startSandbox } from '../../../sandbox/server/start.ts';
import { practiceNamed, today } from '../practice-fixture.ts';
import { type Reply, rowsOf, sandboxClient } from './sandbox-client.ts';

let sandbox: RunningSandbox;
let client: ReturnType<typeof sandboxClient>;
beforeAll(async () => {
  sandbox = await startSandbox({ today, now: () => Date.parse('2026-11-23T08:15:30+11:00') });
  client = sandboxClient(sandbox.url);
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.resetCalls());

const { haloGuid } = practiceNamed('9001');
const fhirPath = `/integrator/sites/${haloGuid}/fhir/R4/Appointment`;
let day = 0;
/** In daylight saving, behind all data of the practice. */
function freeDate(): string {
  day += 1;
  return new Date(Date.parse('2027-11-28T00:00:00Z') + day * 86_400_000).toISOString().slice(0, 10);
}
const booked = (date: string) =>
  Number(
    sandbox
      .database('9001')
      .all('SELECT count(*) AS n FROM APPOINTMENTS WHERE APPOINTMENTDATE = @date AND RECORDSTATUS = 1', {
        '@date': `${date}T00:00:00`,
      })[0]?.n,
  );

const bySql = (date: string, fault?: string): Promise<Reply> =>
  client.query(
    '9001',
    `DECLARE @id INT; EXEC @id = dbo.BP_AddAppointmentEx '${date}', 14400, 1, 900, 2, 7, 'Sample'; SELECT @id AS id`,
    fault,
  );
const byFhir = (date: string, fault?: string): Promise<Reply> =>
  client.post(
    fhirPath,
    {
      resourceType: 'Appointment',
      status: 'booked',
      start: `${date}T04:00:00+11:00`,
      minutesDuration: 15,
      participant: ['Patient/7', 'Practitioner/2', 'Location/1'].map((reference) => ({
        actor: { reference },
      })),
    },
    fault,
  );

describe.each([
  ['SQL', bySql, 200],
  ['FHIR', byFhir, 201],
])('writing by %s', (_, write, done) => {
  it('writes at the time of the location', async () => {
    const date = freeDate();
    expect((await write(date)).status).toBe(done);
    const [row] = sandbox
      .database('9001')
      .all('SELECT CREATED FROM APPOINTMENTS WHERE APPOINTMENTDATE = @date', { '@date': `${date}T00:00:00` });
    expect(row).toEqual({ CREATED: '2026-11-23T08:15:30' });
    expect(sandbox.calls.map(({ charged }) => charged)).toEqual([true]);
  });

  it('504-after: executes, then answers 504', async () => {
    const date = freeDate();
    expect((await write(date, '504-after')).status).toBe(504);
    expect(booked(date)).toBe(1);
    expect(sandbox.calls.map(({ charged }) => charged)).toEqual([true]);
  });

  it('cut-before: executes nothing', async () => {
    const date = freeDate();
    await expect(write(date, 'cut-before')).rejects.toThrow();
    expect(booked(date)).toBe(0);
    expect(sandbox.calls.map(({ charged }) => charged)).toEqual([false]);
  });

  it('cut-after: executes, then answers nothing', async () => {
    const date = freeDate();
    await expect(write(date, 'cut-after')).rejects.toThrow();
    expect(booked(date)).toBe(1);
  });

  it('late: answers 504 at once and executes later', async () => {
    const date = freeDate();
    // Long enough for the response to be read before, on a busy machine too.
    expect((await write(date, 'late-1500')).status).toBe(504);
    expect(booked(date)).toBe(0);
    while (booked(date) === 0) await pause(20);
    expect(booked(date)).toBe(1);
  });

  it('413: executes, then calls the result too large', async () => {
    const date = freeDate();
    expect((await write(date, '413')).status).toBe(413);
    expect(booked(date)).toBe(1);
  });

  it.each(['offline', '429', 'quota', 'moved', '504,504-after'])('%s: executes nothing', async (fault) => {
    const date = freeDate();
    expect((await write(date, fault)).status).toBeGreaterThan(400);
    expect(booked(date)).toBe(0);
  });
});

describe('an immediate query in the queue of the practice', () => {
  const text = (date: string) =>
    `DECLARE @id INT; EXEC @id = dbo.BP_AddAppointmentEx '${date}', 14400, 1, 900, 2, 7, 'Sample'; SELECT @id AS id`;
  const path = `/integrator/sites/${haloGuid}/queries/immediate`;

  it('is carried out when its turn comes', async () => {
    const date = freeDate();
    const sent = client.post(path, { command: { text: text(date) }, maxTimeInQueue: 60_000 }, 'queue-1500');
    while (sandbox.calls.length === 0) await pause(5);
    expect(booked(date)).toBe(0);
    expect((await sent).status).toBe(200);
    expect(booked(date)).toBe(1);
  });

  it.each([0, 100])(
    'is never carried out when it waits longer than it allows: %i ms',
    async (maxTimeInQueue) => {
      const date = freeDate();
      const body = { command: { text: text(date) }, maxTimeInQueue };
      expect((await client.post(path, body, 'queue-300')).status).toBe(504);
      await pause(400);
      expect(booked(date)).toBe(0);
    },
  );
});

it('FHIR looks whether the time is free, the procedures do not', async () => {
  const date = freeDate();
  await Promise.all([byFhir(date), byFhir(date)]);
  expect(booked(date)).toBe(1);
  await Promise.all([bySql(date), bySql(date), byFhir(date)]);
  expect(booked(date)).toBe(3);
});

it('reads pass under the faults of writes', async () => {
  for (const fault of ['504-after', 'cut-before', 'cut-after', 'late-1', 'no-ex']) {
    expect((await client.query('9001', 'SELECT 1 AS one', fault)).status).toBe(200);
    expect((await client.send(`${fhirPath}/1`, fault)).status).toBe(200);
    const search = { method: 'POST', body: '_id=1' };
    expect((await client.send(`${fhirPath}/_search`, fault, search)).status).toBe(200);
  }
});

it('no-ex: the newer procedure is not there', async () => {
  const date = freeDate();
  expect((await bySql(date, 'no-ex')).json).toMatchObject({ errorCode: 2812 });
  const old = `DECLARE @id INT; EXEC @id = BP_AddAppointment '${date}', 14400, 900, 2, 7; SELECT @id AS id`;
  expect(rowsOf(await client.query('9001', old, 'no-ex'))).toEqual([{ id: expect.any(Number) }]);
  expect(booked(date)).toBe(1);
});

it('the database of a practice that does not exist', () => {
  expect(() => sandbox.database('4711')).toThrow('4711');
});
