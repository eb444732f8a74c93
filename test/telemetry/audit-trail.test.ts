/** F1: who read and changed what is on record before the answer is sent, whatever the log's level. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { createAuditTrail, fileOutput } from '../../src/telemetry/audit-trail.ts';
import { fakeHalo } from '../resolvers/fake-halo.ts';

const file = () => join(mkdtempSync(join(tmpdir(), 'halo-graph-audit-')), 'audit.log');
const linesIn = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const silent = createLog('silent', { write: () => {} });
const search =
  '{ practice(bpSiteId: "1001") { ... on Practice { appointments(from: "2026-11-23", first: 1) { __typename } } } }';
const cancel = {
  query: 'mutation ($i: CancelAppointmentInput!) { cancelAppointment(input: $i) { __typename } }',
  variables: { i: { bpSiteId: '1001', appointmentId: '1' } },
};

describe.each(['any', 'off'] as const)('F1: fastPath: %s', (fastPath) => {
  it('patients that were read are in the file when the head of the response is written', async () => {
    const path = file();
    const auditTrail = createAuditTrail(fileOutput(path), silent);
    const { yoga } = fakeHalo({ server: { fastPath, auditTrail, log: silent } });
    const before: number[] = [];
    const server = createServer((request, response) => {
      const { writeHead } = response;
      const noted = (...args: Parameters<typeof writeHead>) => {
        before.push(linesIn(path).length);
        return writeHead.apply(response, args);
      };
      Object.assign(response, { writeHead: noted });
      yoga(request, response);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    for (const init of [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: search }),
      },
      { method: 'POST', headers: { 'content-type': 'application/graphql' }, body: search },
    ]) {
      expect((await fetch(`http://127.0.0.1:${port}/graphql`, init)).status).toBe(200);
    }
    server.close().closeAllConnections();
    expect(before).toEqual([1, 2]);
    expect(linesIn(path)).toMatchObject([
      { msg: 'patient data', kind: 'APPOINTMENTS', caller: 'tester' },
      { msg: 'patient data', kind: 'APPOINTMENTS', caller: 'tester' },
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('what cannot be recorded is not answered, and the operator is told', async () => {
    const { request, logged } = fakeHalo({ server: { fastPath, auditTrail: full() } });
    const response = await request({ query: search });
    const { data, errors } = await response.json();
    expect([response.status, data]).toEqual([500, undefined]);
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expect(logged.filter(({ level }) => level === 'error')).toHaveLength(1);
    expect((await (await request({ query: '{ viewer { name } }' })).json()).errors).toBeUndefined();
  });

  it('a change that was made has its line in the log instead', async () => {
    const errors: object[] = [];
    const auditTrail = { ...full(), error: (fields: object) => void errors.push(fields) };
    const { request } = fakeHalo({ server: { fastPath, auditTrail } });
    await request(cancel);
    expect(errors).toMatchObject([{ write: 'cancelAppointment', caller: 'tester' }]);
  });
});

/** A trail on a disk that is full. */
const full = () => ({
  info: () => {},
  error: () => {},
  flush: () => {
    throw new Error('ENOSPC');
  },
});

it('F1: a line that was flushed survives SIGKILL', async () => {
  const path = file();
  const program = `import { createAuditTrail, fileOutput } from './src/telemetry/audit-trail.ts';
    const trail = createAuditTrail(fileOutput(${JSON.stringify(path)}), { error() {} });
    trail.info({ n: 1 }, 'patient data');
    trail.flush();
    process.kill(process.pid, 'SIGKILL');`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program]);
  const [signal] = await new Promise<[string | null]>((resolve) =>
    child.once('close', (_code, by) => resolve([by])),
  );
  expect(signal).toBe('SIGKILL');
  expect(linesIn(path)).toMatchObject([{ n: 1, msg: 'patient data' }]);
});
