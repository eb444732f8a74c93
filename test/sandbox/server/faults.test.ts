import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunningSandbox } from '../../../sandbox/server/start.ts';
import { startSandbox } from '../../../sandbox/server/start.ts';
import { SqlEngine } from '../../../sandbox/sql/engine.ts';
import { practiceNamed, today } from '../practice-fixture.ts';
import { sandboxClient } from './sandbox-client.ts';

let sandbox: RunningSandbox;
let client: ReturnType<typeof sandboxClient>;
beforeAll(async () => {
  sandbox = await startSandbox({ today });
  client = sandboxClient(sandbox.url);
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.resetCalls());

const chain = practiceNamed('9001');
const getSite = (fault: string, guid = chain.haloGuid) => client.send(`/integrator/sites/${guid}`, fault);
const metadata = (fault: string) =>
  client.send(`/integrator/sites/${chain.haloGuid}/fhir/R4/metadata`, fault);

describe('faults', () => {
  it.each([
    ['offline', 503, 'Site could not be contacted'],
    ['unreachable', 504, 'Site is unreachable'],
    ['not-paired', 403, 'pairing'],
    ['ip-not-allowed', 403, 'Caller Ip Not Allowed'],
    ['quota', 403, 'Quota'],
    ['gone', 403, 'forbidden'],
    ['moved', 403, 'forbidden'],
    ['429', 429, 'Rate Limit Exceeded'],
    ['500', 500, 'CosmosDB'],
    ['503', 503, 'Site could not be contacted'],
    ['504', 504, 'Query took more than 30 seconds'],
  ])('%s: SQL and FHIR answer %i', async (fault, status, message) => {
    const replies = [await client.query('9001', 'SELECT 1', fault), await metadata(fault)];
    for (const reply of replies) {
      expect(reply.status).toBe(status);
      expect(reply.text).toContain(message);
    }
    expect(sandbox.calls.map(({ charged }) => charged)).toEqual([false, false]);
  });

  it('says 403 below fhir/ in an OperationOutcome', async () => {
    expect((await metadata('not-paired')).json).toMatchObject({ resourceType: 'OperationOutcome' });
  });

  it('offline and unreachable show in the site’s availability', async () => {
    expect((await getSite('offline')).json.availability).toBe('offline');
    expect((await getSite('unreachable')).json.availability).toBe('unreachable');
  });

  it('moved: the standby server takes over', async () => {
    expect((await client.lookUp('9001', 'moved')).json.sites[0].id).toBe(chain.standbyHaloGuid);
    expect((await getSite('moved')).status).toBe(403);
    expect((await getSite('moved', chain.standbyHaloGuid)).json.practiceMetadata.practiceName).toBe(
      chain.name,
    );
    expect((await client.query('9001', 'SELECT 1', 'moved', chain.standbyHaloGuid)).status).toBe(200);
    expect((await client.query('9001', 'SELECT 1', undefined, chain.standbyHaloGuid)).status).toBe(403);
    expect((await client.lookUp('9001')).json.sites[0].id).toBe(chain.haloGuid);
  });

  it('moved-identity: the standby server has another name', async () => {
    expect(
      (await client.lookUp('9001', 'moved-identity')).json.sites[0].practiceMetadata.practiceName,
    ).not.toBe(chain.name);
    expect((await getSite('moved-identity', chain.standbyHaloGuid)).json.name).not.toBe(chain.name);
  });

  it('not-paired and the like leave the look-up alone; gone and lookup-fails do not', async () => {
    for (const fault of ['not-paired', 'ip-not-allowed', 'quota', '429', '500']) {
      expect((await client.lookUp('9001', fault)).json.sites[0].id).toBe(chain.haloGuid);
    }
    expect((await client.lookUp('9001', 'gone')).json).toEqual({ sites: [] });
    expect((await client.lookUp('9001', 'lookup-fails')).status).toBe(500);
  });

  it('429-after-n lets n calls through, then says when to come back', async () => {
    const statuses = [];
    for (let call = 0; call < 4; call += 1)
      statuses.push((await client.query('9001', 'SELECT 1', '429-after-2')).status);
    expect(statuses).toEqual([200, 200, 429, 429]);
    expect((await client.query('9001', 'SELECT 1', '429')).headers.get('retry-after')).toBe('2');
  });

  it('413 and error-in-200 come after running', async () => {
    expect((await client.query('9001', 'SELECT 1', '413')).json).toMatchObject({
      status: 'executionFailed',
      errorDetails: { errorCode: 413 },
    });
    const reply = await client.query('9001', 'SELECT 1', 'error-in-200');
    expect(reply).toMatchObject({
      status: 200,
      json: { status: 'executionFailed', errorDetails: { errorType: 'mssql' } },
    });
  });

  it('spoils answers', async () => {
    await expect(client.query('9001', 'SELECT 1', 'cut-connection')).rejects.toThrow();
    expect((await client.query('9001', 'SELECT 1', 'html')).headers.get('content-type')).toBe('text/html');
    expect(await client.query('9001', 'SELECT 1', 'truncated')).toMatchObject({
      status: 200,
      json: undefined,
    });
    expect((await client.query('9001', 'SELECT 1', 'wrong-types')).json.result.data).toBe(12);
    expect((await client.query('9001', 'SELECT 1', 'huge')).text).toHaveLength(10_000_000);
  });

  it('hangs until the caller gives up', async () => {
    const signal = AbortSignal.timeout(100);
    const path = `/integrator/sites/${chain.haloGuid}`;
    await expect(client.send(path, 'hang', { signal })).rejects.toThrow();
  });

  it('A4: a read that hangs keeps no other practice waiting: it is not executed. A write is', async () => {
    const executed = vi.spyOn(SqlEngine.prototype, 'openText');
    const left = (text: string) =>
      expect(
        client.send(`/integrator/sites/${chain.haloGuid}/queries/immediate`, 'hang', {
          method: 'POST',
          body: JSON.stringify({ command: { text } }),
          signal: AbortSignal.timeout(1_000),
        }),
      ).rejects.toThrow();
    await left('SELECT SURNAME FROM dbo.PATIENTS');
    expect(executed).not.toHaveBeenCalled();
    expect(sandbox.calls.map(({ charged }) => charged)).toEqual([true]);
    await left("UPDATE dbo.PATIENTS SET SURNAME = 'Testcase' WHERE INTERNALID = -1");
    expect(executed).toHaveBeenCalledOnce();
    executed.mockRestore();
  });

  it('changes the shape of errors', async () => {
    expect((await client.query('9001', 'SELECT 1', 'unwrapped,500')).json).toMatchObject({
      status: 500,
      message: expect.any(String),
    });
    expect((await client.query('9001', 'SELECT 1', 'apim,500')).json).toEqual({
      statusCode: 500,
      message: expect.any(String),
    });
  });

  it('can apply to one practice of a request', async () => {
    expect((await client.query('9001', 'SELECT 1', '9002:offline,9003:500')).status).toBe(200);
    expect((await client.query('9002', 'SELECT 1', '9002:offline,9003:500')).status).toBe(503);
  });

  it('stays when set through the control endpoint, until it is removed', async () => {
    await client.post('/sandbox/faults', { bpSiteId: '9001', fault: 'offline' });
    expect((await client.query('9001', 'SELECT 1')).status).toBe(503);
    await client.post('/sandbox/faults', { bpSiteId: '9001', fault: null });
    expect((await client.query('9001', 'SELECT 1')).status).toBe(200);
  });

  it('refuses what is no fault', async () => {
    expect((await client.query('9001', 'SELECT 1', 'ofline')).status).toBe(400);
    expect((await client.post('/sandbox/faults', { bpSiteId: '9001', fault: 'ofline' })).status).toBe(400);
    expect((await client.post('/sandbox/faults', { bpSiteId: '4711', fault: null })).status).toBe(404);
    expect((await client.post('/sandbox/faults', {})).status).toBe(400);
  });
});
