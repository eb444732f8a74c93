import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Exchange, RunningSandbox } from '../../../sandbox/server/start.ts';
import { defaultKey, startSandbox } from '../../../sandbox/server/start.ts';
import { practiceNamed, today } from '../practice-fixture.ts';
import { rowsOf, sandboxClient } from './sandbox-client.ts';

let sandbox: RunningSandbox;
let client: ReturnType<typeof sandboxClient>;
const exchanges: Exchange[] = [];
beforeAll(async () => {
  sandbox = await startSandbox({ today, onExchange: (exchange) => exchanges.push(exchange) });
  client = sandboxClient(sandbox.url);
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.resetCalls());

const chain = practiceNamed('9001');
const tramline = practiceNamed('1005');
const site = (guid: string) => `/integrator/sites/${guid}`;

describe('key and routes', () => {
  it.each([
    [undefined, 'missing subscription key'],
    ['wrong', 'Subscription Key Invalid'],
  ])('answers 401 for the key %s', async (key, message) => {
    const response = await fetch(sandbox.url + site(chain.haloGuid), {
      headers: key ? { 'ocp-apim-subscription-key': key } : {},
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      error: { status: 401, statusText: 'Unauthorized', message: expect.stringContaining(message) },
    });
  });

  it('does not know other routes', async () => {
    for (const path of ['/', '/integrator/nope', `${site(chain.haloGuid)}/queries/nope/nope`]) {
      expect(await client.send(path)).toMatchObject({
        status: 404,
        json: { error: { message: 'Operation Not Found' } },
      });
    }
  });

  it('records calls and exchanges, never the key', async () => {
    exchanges.length = 0;
    await client.query('9001', 'SELECT 1');
    await client.send(site(chain.haloGuid));
    expect(sandbox.calls).toEqual([
      {
        method: 'POST',
        path: `${site(chain.haloGuid)}/queries/immediate`,
        siteId: chain.haloGuid,
        charged: true,
      },
      { method: 'GET', path: site(chain.haloGuid), siteId: chain.haloGuid, charged: false },
    ]);
    expect(exchanges).toHaveLength(2);
    expect(JSON.stringify(exchanges)).not.toContain(defaultKey);
  });
});

describe('sites', () => {
  it('exchanges a PMS ID for the authoritative GUID', async () => {
    const { json } = await client.lookUp('9001');
    expect(json.sites).toMatchObject([
      {
        id: chain.haloGuid,
        pmsType: 'BestPractice',
        availability: 'online',
        status: 'active',
        practiceMetadata: { practiceName: chain.name },
      },
    ]);
    expect((await client.lookUp('4711')).json).toEqual({ sites: [] });
    expect((await client.lookUp('9001', undefined, 'Zedmed')).json).toEqual({ sites: [] });
    expect((await client.lookUp('ZED-2001', undefined, 'Zedmed')).json.sites).toHaveLength(1);
  });

  it('wants both parameters, and a PMS by its name', async () => {
    expect((await client.send('/integrator/sites?practiceManagementSiteId=9001')).status).toBe(400);
    expect((await client.send('/integrator/sites?practiceManagementName=Best%20Practice')).status).toBe(400);
    expect((await client.lookUp('9001', undefined, 'BestPractice')).status).toBe(400);
  });

  it('answers 404 for an unknown GUID and 403 for a replaced one', async () => {
    expect((await client.send(site('5a4db0c5-0000-4000-8000-000000004711'))).status).toBe(404);
    expect((await client.send(site('not-a-guid'))).status).toBe(404);
    expect((await client.send(site(tramline.formerHaloGuid ?? ''))).status).toBe(403);
    expect((await client.query('1005', 'SELECT 1', undefined, tramline.formerHaloGuid)).status).toBe(403);
    expect((await client.lookUp('1005')).json.sites[0].id).toBe(tramline.haloGuid);
    expect((await client.send(site(tramline.haloGuid))).status).toBe(200);
  });

  it('has one practice that is always offline', async () => {
    expect((await client.send(site(practiceNamed('1007').haloGuid))).json.availability).toBe('offline');
    expect((await client.query('1007', 'SELECT 1')).status).toBe(503);
  });
});

describe('immediate queries', () => {
  it('answers rows as base64 JSON, all fields of the contract around them', async () => {
    const reply = await client.query('9001', 'SELECT DAYCODE, DAY FROM DAYOFWEEK WHERE DAYCODE = 1');
    expect(reply.status).toBe(200);
    expect(rowsOf(reply)).toEqual([{ DAYCODE: 1, DAY: 'Sunday'.padEnd(20) }]);
    expect(reply.json).toMatchObject({
      siteId: chain.haloGuid,
      mode: 'immediate',
      status: 'successful',
      maxTimeInQueue: 30_000,
      result: { rows: 1, size: expect.any(Number) },
      metrics: { sqlExecutionDuration: expect.any(Number) },
    });
    for (const field of [
      'id',
      'integratorId',
      'commandSize',
      'requestSize',
      'createdAt',
      'updatedAt',
      'completedAt',
      'statusTiming',
    ]) {
      expect(reply.json).toHaveProperty(field);
    }
  });

  it('passes typed parameters, and a procedure’s RETURN', async () => {
    const path = `${site(chain.haloGuid)}/queries/immediate`;
    const parameters = [{ name: '@d', type: 'Int', value: '1', direction: 'input' }];
    expect(rowsOf(await client.post(path, { command: { text: 'SELECT @d + 1 AS n', parameters } }))).toEqual([
      { n: 2 },
    ]);
    const command = {
      text: 'BP_IsAppointmentBooked',
      type: 'storedProcedure',
      executionMode: 'nonQuery',
      parameters: [
        { name: '@userid', type: 'Int', value: '2' },
        { name: '@aptdate', type: 'Date', value: '2026-11-24' },
        { name: '@apttime', type: 'Int', value: '1' },
        { name: '@r', type: 'Int', direction: 'returnValue', value: null },
      ],
    };
    expect((await client.post(path, { command })).json.result).toEqual({
      rowsAffected: -1,
      size: 0,
      parameters: [{ name: '@r', direction: 'returnValue', type: 'Int', value: '0' }],
    });
  });

  it('answers SQL errors as failed queries', async () => {
    const reply = await client.query('9001', 'selct');
    const message = "Could not find stored procedure 'selct'.";
    expect(reply.status).toBe(400);
    expect(reply.json).toMatchObject({
      status: 'executionFailed',
      errorDetails: { errorType: 'mssql', errorCode: 2812, errorMessage: message },
      errorCode: 2812,
      errorMessage: message,
    });
  });

  it('fails in Firebird’s words at a Zedmed site', async () => {
    expect((await client.query('ZED-2001', 'SELECT 1 FROM PATIENTS')).json.errorDetails).toMatchObject({
      errorType: 'fbsql',
    });
  });

  it.each([
    ['not json', 'x'],
    ['no command', '{}'],
    ['no text', '{"command":{}}'],
    [
      'a number for a value',
      '{"command":{"text":"SELECT 1","parameters":[{"name":"@a","type":"Int","value":1}]}}',
    ],
    ['a queue of hours', '{"command":{"text":"SELECT 1"},"maxTimeInQueue":60001}'],
    ['an unknown catalogue', '{"command":{"text":"SELECT 1"},"catalogue":"master"}'],
  ])('answers 400 for %s', async (_, body) => {
    const reply = await client.send(`${site(chain.haloGuid)}/queries/immediate`, undefined, {
      method: 'POST',
      body,
    });
    expect(reply.status).toBe(400);
    expect(reply.json.error.message).toEqual(expect.any(String));
  });

  it('answers 413 above eight megabytes', async () => {
    const reply = await client.query(
      '9001',
      "SELECT CAST('x' AS char(8000)) AS wide FROM PATIENTS a CROSS JOIN PATIENTS b",
    );
    expect(reply.status).toBe(413);
    expect(reply.json.errorDetails).toMatchObject({ errorType: 'http', errorCode: 413 });
  });
});
