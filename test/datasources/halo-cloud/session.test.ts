import { describe, expect, it } from 'vitest';
import { Stop } from '../../../src/lib/stop.ts';
import {
  failureOf,
  fakeHalo,
  guidA,
  openSqlSite,
  sitePath,
  sitesPath,
  sqlPath,
  wireError,
  wireRows,
  wireSite,
} from './kit.ts';

const registry = [{ bpSiteId: '1001', haloGuid: guidA }];

describe('session', () => {
  it('loads a site once in an operation and again in the next', async () => {
    const { halo, answer } = fakeHalo();
    const { session } = openSqlSite(halo);
    const operation = session();
    answer('GET', sitePath(guidA), 200, wireSite({ id: guidA }), { times: 2 });
    expect(await operation.site(guidA)).toBe(await operation.site(guidA.toUpperCase()));
    expect(operation.cost()).toMatchObject({ calls: 1, charged: 0 });
    await session().site(guidA);
  });

  it('throws NotFound for an unknown site', async () => {
    const { halo, answer } = fakeHalo();
    answer('GET', sitePath(guidA), 404, wireError(404, 'The server cannot find the requested resource.'));
    expect(await failureOf(openSqlSite(halo).session().site(guidA))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('lists the sites of a PMS ID as they are now', async () => {
    const { halo, answer, sites } = fakeHalo();
    const operation = openSqlSite(halo).session();
    answer('GET', sitesPath('Z1', 'Zedmed'), 200, { sites: [] });
    expect(await operation.sites('ZEDMED', 'Z1')).toEqual([]);
    sites('1001', [{ id: guidA }], 2);
    await operation.sites('BEST_PRACTICE', '1001');
    expect(await operation.sites('BEST_PRACTICE', '1001')).toHaveLength(1);
  });

  it('aborts its calls and look-ups when a Stop is aborted', async () => {
    const { halo, answer, sites } = fakeHalo();
    const stop = new Stop();
    const operation = openSqlSite(halo).session({ signal: stop });
    sites('1001', [{ id: guidA }]);
    const practice = await operation.practice('BEST_PRACTICE', '1001');
    answer('POST', sqlPath(guidA), 200, wireRows([]), { delay: 60_000 });
    const rows = failureOf(practice.sql({ text: 'SELECT 1 AS one', parameters: [] }));
    stop.abort(new DOMException('late', 'TimeoutError'));
    expect(await rows).toMatchObject({
      code: 'QUERY_TIMED_OUT',
      addressedSite: { bpSiteId: '1001', haloGuid: guidA },
    });
  });

  it('counts what loaders batched', async () => {
    const operation = openSqlSite(fakeHalo().halo).session();
    operation.countBatched(4);
    operation.countBatched(2);
    expect(operation.cost().saved.batched).toBe(6);
  });

  it('calls fifty practices concurrently without a warning about too many listeners', async () => {
    const warnings: string[] = [];
    const collect = (warning: Error) => warnings.push(warning.name);
    process.on('warning', collect);
    const { halo, sites } = fakeHalo();
    const operation = openSqlSite(halo).session({ signal: AbortSignal.timeout(60_000) });
    const ids = Array.from({ length: 50 }, (_, n) => String(9001 + n));
    for (const id of ids) sites(id, [{ id: `00000000-0000-4000-8000-00000000${id}` }]);
    await Promise.all(ids.map((id) => operation.practice('BEST_PRACTICE', id)));
    await new Promise(setImmediate);
    process.off('warning', collect);
    expect(warnings).toEqual([]);
  });
});

describe('time zone', () => {
  const practiceIn = async (timeZone?: string) => {
    const operation = openSqlSite(fakeHalo().halo, {
      registry: [{ bpSiteId: '1001', haloGuid: guidA, timeZone }],
      clock: () => Date.UTC(2026, 10, 22, 13, 45),
    }).session();
    return { operation, practice: await operation.practice('BEST_PRACTICE', '1001') };
  };

  it('is the configured one, wherever the location is', async () => {
    const { operation, practice } = await practiceIn('Australia/Darwin');
    expect(practice.zoneOf('5000')).toBe('Australia/Darwin');
    expect(practice.zoneOf(null)).toBe('Australia/Darwin');
    expect(operation.notices()).toEqual([]);
  });

  it("is the postcode's", async () => {
    const { operation, practice } = await practiceIn();
    expect(practice.zoneOf('5000')).toBe('Australia/Adelaide');
    expect(operation.notices()).toEqual([]);
  });

  it("is assumed to be Sydney's, with one notice", async () => {
    const { operation, practice } = await practiceIn();
    expect(practice.zoneOf(null)).toBe('Australia/Sydney');
    expect(practice.zoneOf('nowhere')).toBe('Australia/Sydney');
    expect(operation.notices()).toEqual([
      { code: 'TIME_ZONE_ASSUMED', message: expect.stringContaining('Australia/Sydney'), bpSiteId: '1001' },
    ]);
  });

  it('gives the local date', async () => {
    const { practice } = await practiceIn();
    expect(practice.now()).toBe(Date.UTC(2026, 10, 22, 13, 45));
    expect(practice.today('Australia/Sydney')).toBe('2026-11-23');
    expect(practice.today('Australia/Perth')).toBe('2026-11-22');
  });
});

describe('what never gets out', () => {
  const secrets = ['synthetic-subscription-key', 'Invented', '0491 570 006', 'halo.test', 'SELECT'];

  /** Everything that a logger or a careless formatter could print of an error. */
  function everything(error: unknown): string {
    if (!(error instanceof Error)) return JSON.stringify(error);
    const own = Object.fromEntries(
      Object.getOwnPropertyNames(error).map((name) => [name, Reflect.get(error, name)]),
    );
    return `${error.name} ${error.message} ${error.stack} ${JSON.stringify(own)} ${error.cause ? everything(error.cause) : ''}`;
  }

  it('is the key, a patient, a URL or SQL: in no log line and in no error', async () => {
    const { halo, log: processLog, answer, agent } = fakeHalo();
    const { session, log } = openSqlSite(halo, { registry });
    const path = `/integrator/sites/${guidA}`;
    const text = "Conversion failed when converting 'Invented 0491 570 006' near SELECT at http://halo.test/";
    const failed = {
      status: 'executionFailed',
      errorDetails: { errorType: 'mssql', errorCode: 245, errorMessage: text },
    };
    const outcome = {
      resourceType: 'OperationOutcome',
      issue: [{ code: 'exception', details: { text }, diagnostics: text }],
    };
    const bodies: [number, object | string][] = [
      [200, `<html>${text} synthetic-subscription-key</html>`],
      [200, { result: { data: [text] } }],
      [200, { result: { data: text } }],
      [200, { result: { rows: text } }],
      [200, failed],
      [400, failed],
      ...[400, 401, 403, 404, 413, 429, 500, 502, 503, 504].map((status): [number, object] => [
        status,
        wireError(status, text),
      ]),
    ];
    const sql = {
      text: 'SELECT * FROM P WHERE N = @n',
      parameters: [{ name: '@n', type: 'VarChar' as const, value: 'Invented' }],
    };
    const search = [
      ['name', 'Invented'],
      ['phone', '0491 570 006'],
    ] as const;
    const failures: unknown[] = [];
    const practice = await session().practice('BEST_PRACTICE', '1001');
    for (const [status, body] of bodies) {
      answer('POST', `${path}/queries/immediate`, status, body);
      if (status === 403) answer('GET', sitesPath('1001'), 403, wireError(403, text));
      failures.push(await failureOf(practice.sql(sql)));
    }
    for (const [status, body] of [
      [200, outcome],
      [400, outcome],
      [200, { resourceType: text }],
      [200, { resourceType: 'Bundle', entry: text }],
    ] as const) {
      answer('POST', `${path}/fhir/R4/Patient/_search`, status, body);
      failures.push(await failureOf(practice.fhirSearch('Patient', search)));
    }
    answer('POST', `${path}/fhir/R4/Patient/_search`, 200, {
      resourceType: 'Bundle',
      entry: [],
      link: [{ relation: 'next', url: 'http://halo.test/elsewhere?name=Invented' }],
    });
    failures.push(await failureOf(practice.fhirSearch('Patient', search)));
    agent
      .get('http://halo.test')
      .intercept({ method: 'POST', path: `${path}/queries/immediate` })
      .replyWithError(new Error(text));
    failures.push(await failureOf(practice.sql(sql)));

    expect(failures).toHaveLength(bodies.length + 6);
    const printed = [
      ...failures.map(everything),
      ...[...log.lines, ...processLog.lines].map((line) => JSON.stringify(line)),
    ];
    expect(log.lines.some(({ level }) => level === 'warn')).toBe(true);
    for (const secret of secrets) expect(printed.filter((line) => line.includes(secret))).toEqual([]);
  });
});
