/** F1: who read and changed what is on record before the answer is sent, whatever the log's level. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPatientAudit } from '../../src/datasources/practice/audit/patient-audit.ts';
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
  it('what was read and changed is in the file when the head of the response is written', async () => {
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
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(cancel),
      },
    ]) {
      expect((await fetch(`http://127.0.0.1:${port}/graphql`, init)).status).toBe(200);
    }
    server.close().closeAllConnections();
    expect(before).toEqual([1, 2, 4]);
    expect(linesIn(path)).toMatchObject([
      { msg: 'patient data', kind: 'APPOINTMENTS', caller: 'tester' },
      { msg: 'patient data', kind: 'APPOINTMENTS', caller: 'tester' },
      { msg: 'change', write: 'cancelAppointment', caller: 'tester' },
      { msg: 'patient data', kind: 'APPOINTMENTS', caller: 'tester' },
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('a read that cannot be recorded is not answered, and the failure is logged', async () => {
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
  flushed: () => Promise.reject(new Error('ENOSPC')),
});

/** Counts the writes; each that comes after `failing` throws. */
function counting(operatorLog = silent) {
  const writes: string[] = [];
  let lines = '';
  const output = {
    failing: false,
    write: (line: string) => {
      lines += line;
    },
    flush() {
      const text = lines;
      lines = '';
      if (output.failing) throw new Error('ENOSPC');
      if (text !== '') writes.push(text);
    },
  };
  return { output, writes, trail: createAuditTrail(output, operatorLog) };
}

describe('responses of one turn of the event loop', () => {
  it('share one write, which ends before any of them continues', async () => {
    const { trail, writes } = counting();
    const seen: number[] = [];
    await Promise.all(
      [1, 2, 3].map(async (n) => {
        trail.info({ n }, 'patient data');
        await trail.flushed?.();
        seen.push(writes.join('').split('\n').length - 1);
      }),
    );
    expect(writes).toHaveLength(1);
    expect(seen).toEqual([3, 3, 3]);
    trail.info({ n: 4 }, 'patient data');
    await trail.flushed?.();
    expect(writes).toHaveLength(2);
  });

  it('all fail when it fails, and none of a later turn', async () => {
    const { trail, output } = counting();
    output.failing = true;
    const outcomes = Promise.allSettled([trail.flushed?.(), trail.flushed?.()]);
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    output.failing = false;
    await trail.flushed?.();
  });

  it('fail when the write of a change includes their lines and fails', async () => {
    const { trail, output } = counting();
    trail.info({ n: 1 }, 'patient data');
    const outcome = expect(trail.flushed?.()).rejects.toThrow('ENOSPC');
    output.failing = true;
    expect(() => trail.flush?.()).toThrow('ENOSPC');
    output.failing = false;
    await outcome;
  });

  it('have lines of the same form as those of the log', async () => {
    const { trail, writes } = counting();
    const ofLog: string[] = [];
    const fields = { requestId: 'r1', subject: undefined, ids: ['1', '2'], odd: '"\u2028' };
    createLog('info', { write: (line) => void ofLog.push(line) }).warn(fields, 'patient data');
    trail.info(fields, 'patient data');
    trail.flush?.();
    const timeless = (line = '') => line.replace(/"time":"[^"]+"/, '"time":""');
    expect(timeless(writes[0])).toBe(timeless(ofLog[0]).replace('"level":"warn"', '"level":"info"'));
  });
});

it('two reads of one practice are one line, and other practices have lines of their own, in the order of their answers', () => {
  const { trail, writes } = counting();
  const audit = createPatientAudit(trail, { requestId: 'r1', caller: 'tester' });
  const read = (bpSiteId: string, ...ids: string[]) =>
    audit.read(
      { bpSiteId, haloGuid: 'g' },
      { kind: 'APPOINTMENTS', ids, patientIds: ['7'], fields: ['start'], by: ['from'] },
    );
  read('1002', '1');
  read('1001', '2');
  read('1002', '1', '3');
  void audit.close();
  trail.flush?.();
  const lines = writes.flatMap((text) => text.trim().split('\n')).map((line) => JSON.parse(line));
  const common = { level: 'info', requestId: 'r1', caller: 'tester', haloGuid: 'g', kind: 'APPOINTMENTS' };
  const rest = {
    patientIds: ['7'],
    patientCount: 1,
    fields: ['start'],
    by: ['from'],
    msg: 'patient data',
    time: expect.any(String),
  };
  expect(lines).toEqual([
    { ...common, bpSiteId: '1002', ids: ['1', '3'], count: 2, ...rest },
    { ...common, bpSiteId: '1001', ids: ['2'], count: 1, ...rest },
  ]);
});

describe('the lines of a change', () => {
  const place = { bpSiteId: '1001', haloGuid: 'g' };
  const change = { write: 'cancelAppointment', ids: { appointmentId: '1' }, fields: [], ms: 1, code: 'OK' };
  const access = { kind: 'APPOINTMENTS', ids: ['1'], patientIds: [], fields: [], by: [] } as const;
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  function changing() {
    const errors: object[] = [];
    const log = { ...silent, error: (fields: object) => void errors.push(fields) };
    const { trail, ...counts } = counting(log);
    const audit = createPatientAudit(trail, { requestId: 'r1', caller: 'tester' });
    audit.wrote(place, change);
    return { ...counts, trail, audit, errors };
  }

  it('are one write with those of what it read, at once when the operation ends', async () => {
    const { audit, writes } = changing();
    audit.read(place, access);
    expect(audit.close()).toBeUndefined();
    expect(writes).toHaveLength(1);
    expect(writes[0]).toMatch(/"msg":"change"}\n.*"msg":"patient data"}\n$/);
    await turn();
    expect(writes).toHaveLength(1);
  });

  it('are written in the same turn when the operation goes on', async () => {
    const { audit, writes } = changing();
    await turn();
    expect(writes).toHaveLength(1);
    expect(audit.close()).toBeUndefined();
    expect(writes).toHaveLength(1);
  });

  it('are written before the response, even when an earlier write ends after they were added', async () => {
    const { audit, trail, writes } = changing();
    trail.flush?.();
    // Its callbacks have not run yet.
    audit.wrote(place, { ...change, write: 'bookAppointment' });
    await null;
    await null;
    audit.close();
    expect(writes.join('')).toContain('bookAppointment');
  });

  it.each([true, false])('are logged once when the write fails: reads %s', async (reads) => {
    const { audit, output, errors } = changing();
    if (reads) audit.read(place, access);
    output.failing = true;
    const closed = audit.close();
    if (reads) await expect(closed).rejects.toThrow('ENOSPC');
    else expect(closed).toBeUndefined();
    await turn();
    expect(errors).toMatchObject([{ write: 'cancelAppointment', caller: 'tester' }]);
  });
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
