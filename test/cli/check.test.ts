/** `halo-graph check` against the sandbox, healthy and broken. */
import { afterEach, describe, expect, inject, it } from 'vitest';
import { practices as sandboxPractices } from '../../sandbox/practices.ts';
import { defaultKey } from '../../sandbox/server/start.ts';
import { type CheckOptions, type CheckReport, checkHaloCloud } from '../../src/cli/check/check-halo-cloud.ts';
import { reportText } from '../../src/cli/check/report-text.ts';
import { readConfig } from '../../src/config.ts';
import { openSandboxProxy, type ProxyAnswer, rowsAnswer, sqlServerError } from './sandbox-proxy.ts';

const fronts: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(fronts.splice(0).map((front) => front.close()));
});

const check = (options: Partial<CheckOptions> = {}): Promise<CheckReport> =>
  checkHaloCloud({
    ...readConfig({}),
    environment: 'staging',
    baseUrl: inject('sandboxUrl'),
    subscriptionKey: defaultKey,
    source: 'auto',
    failover: 'replay',
    assumedWrites: false,
    deadlineMs: 15_000,
    practices: [],
    bpSiteIds: ['1001'],
    ...options,
  });
const checkWith = (fault: string, options: Partial<CheckOptions> = {}) =>
  check({ simulatedFault: fault, ...options });
const checkBehind = async (
  own: Parameters<typeof openSandboxProxy>[0],
  options: Partial<CheckOptions> = {},
): Promise<CheckReport> => {
  const front = await openSandboxProxy(own);
  fronts.push(front);
  return check({ baseUrl: front.url, ...options });
};

const findingsOf = ({ access, practices }: CheckReport) => [
  ...access,
  ...practices.flatMap(({ findings }) => findings),
];
const statesOf = (report: CheckReport) => findingsOf(report).map(({ step, state }) => `${step}: ${state}`);
const finding = (report: CheckReport, step: string) => findingsOf(report).find((each) => each.step === step);
/** The one step that failed. */
const failure = (report: CheckReport) => {
  const broken = findingsOf(report).filter(({ state }) => state === 'failed');
  expect(broken.length).toBe(1);
  expect(report.allRight).toBe(false);
  return broken[0];
};
const sandboxPractice = (bpSiteId: string) => {
  const found = sandboxPractices.find((each) => each.bpSiteId === bpSiteId);
  if (!found) throw new Error(`No practice ${bpSiteId}`);
  return found;
};
const isQuery = ({ path }: { path: string }) => path.endsWith('/queries/immediate');

it('warns in production of the default LIVE_DEPLOYMENT, and says nothing of another one', async () => {
  const { live } = readConfig({});
  const report = await check({ environment: 'production', bpSiteIds: [] });
  expect(finding(report, 'live book')).toMatchObject({
    state: 'warning',
    fix: expect.stringMatching(/^LIVE_DEPLOYMENT: /),
  });
  expect(report.allRight).toBe(true);
  const named = await check({
    environment: 'production',
    bpSiteIds: [],
    live: { ...live, deployment: 'synthetic' },
  });
  expect(finding(named, 'live book')).toBeUndefined();
});

describe('two subscription keys', () => {
  const wrong = 'a-withdrawn-key';
  it.each([
    [defaultKey, wrong, 'warning', 'refuses the secondary key', 'its second line'],
    [wrong, defaultKey, 'warning', 'refuses the primary key', 'its first line'],
  ])(
    'part 8: names the refused one, and checks everything with the other (%#)',
    async (subscriptionKey, secondaryKey, state, said, fix) => {
      const report = await check({ subscriptionKey, secondaryKey });
      expect(finding(report, 'key')).toMatchObject({
        state,
        said: expect.stringContaining(said),
        fix: expect.stringContaining(fix),
      });
      expect(report).toMatchObject({ allRight: true, cost: { charged: 1 } });
      expect(JSON.stringify(report)).not.toContain(wrong);
    },
  );

  it('part 8: refuses when both are refused', async () => {
    const report = await check({ subscriptionKey: wrong, secondaryKey: `${wrong}-too` });
    expect(failure(report)).toMatchObject({ step: 'key', said: expect.stringContaining('both') });
    expect(report.cost).toMatchObject({ calls: 2, charged: 0 });
  });

  it('part 8: is content with two that are accepted', async () => {
    const report = await check({ secondaryKey: defaultKey });
    expect(finding(report, 'key')).toMatchObject({ state: 'ok', said: expect.stringContaining('both keys') });
  });
});

describe('a practice that works', () => {
  it('passes every step for one charged call, in about ten lines', async () => {
    const report = await check();
    expect(report.allRight).toBe(true);
    expect(statesOf(report)).toEqual([
      'Halo Cloud: ok',
      'key: ok',
      'IP, quota: ok',
      'practice: ok',
      'pairing: ok',
      'Halo Link: ok',
      'site: ok',
      'API: ok',
      'sources: ok',
      'database: ok',
    ]);
    expect(report.cost.charged).toBe(1);
    const text = reportText(report);
    expect(text.trimEnd().split('\n').length).toBe(12);
    expect(text).toContain('Sandbox Wattle Practice');
    expect(text).toMatch(/1 of them charged\. All right\.\n$/);
  });

  it('lists the source of each operation, and the changes that are not allowed', async () => {
    const { state, said } = finding(await check({ bpSiteIds: ['1006'] }), 'sources') ?? {};
    expect(state).toBe('ok');
    expect(said).toMatch(/Bp Premier API: .*read users/);
    expect(said).toMatch(/SQL Passthrough: .*read appointments/);
    expect(said).toMatch(/no source: write users, write clinic hours/);
  });

  it('is fine with a Bp Premier API that knows no appointments, and warns of an old Halo Link', async () => {
    const report = await check({ bpSiteIds: ['1006'] });
    expect(report.allRight).toBe(true);
    expect(finding(report, 'API')).toMatchObject({ state: 'ok' });
    expect(finding(report, 'Halo Link')).toMatchObject({
      state: 'warning',
      said: expect.stringContaining('24.527.2795.0'),
    });
    expect(reportText(report)).toContain('All right, with 1 warning.');
  });

  it('warns when the source that is forced cannot read appointments', async () => {
    const report = await check({ bpSiteIds: ['1006'], source: 'bp-premier' });
    expect(finding(report, 'sources')).toMatchObject({
      state: 'warning',
      fix: expect.stringContaining('HALO_SOURCE=bp-premier'),
    });
  });

  it('warns of a clock that differs from Halo Cloud by more than heartbeats do', async () => {
    const report = await check({ clock: () => Date.now() + 20 * 60_000 });
    expect(report.allRight).toBe(true);
    expect(finding(report, 'site')).toMatchObject({
      state: 'warning',
      said: expect.stringContaining('20 minutes ago'),
      fix: expect.stringContaining('Clock'),
    });
  });
});

describe('what the registry records', () => {
  const { haloGuid, standbyHaloGuid, name } = sandboxPractice('1001');

  it('confirms the recorded name', async () => {
    const report = await check({ practices: [{ bpSiteId: '1001', name }] });
    expect(finding(report, 'practice')?.said).toBe(`"${name}", as recorded.`);
  });

  it('refuses a practice whose server has another name', async () => {
    const report = await check({ practices: [{ bpSiteId: '1001', name: 'Sandbox Other Practice' }] });
    expect(failure(report)).toMatchObject({
      step: 'practice',
      said: expect.stringContaining('Sandbox Other Practice'),
      fix: expect.stringContaining('PRACTICES_FILE'),
    });
    expect(report.cost.charged).toBe(0);
  });

  it('warns of a practice that was renamed where it is', async () => {
    const report = await check({
      practices: [{ bpSiteId: '1001', haloGuid, name: 'Sandbox Former Practice' }],
    });
    expect(report.allRight).toBe(true);
    expect(finding(report, 'practice')).toMatchObject({
      state: 'warning',
      fix: expect.stringContaining('PRACTICES_FILE'),
    });
  });

  it('names the current GUID when the recorded one is refused, and continues with it', async () => {
    const report = await checkWith('1001:moved', { practices: [{ bpSiteId: '1001', name, haloGuid }] });
    expect(report.allRight).toBe(true);
    expect(finding(report, 'pairing')).toMatchObject({
      state: 'warning',
      fix: expect.stringContaining(standbyHaloGuid),
    });
    expect(finding(report, 'site')?.said).toContain(standbyHaloGuid);
    expect(finding(report, 'database')?.state).toBe('ok');
  });

  it('refuses a practice that moved to a server of another name', async () => {
    const report = await checkWith('1001:moved-identity', {
      practices: [{ bpSiteId: '1001', name, haloGuid }],
    });
    expect(failure(report)).toMatchObject({
      step: 'pairing',
      fix: expect.stringContaining('PRACTICES_FILE'),
    });
  });

  it('follows a practice that has moved and has no recorded GUID', async () => {
    const report = await checkWith('1001:moved');
    expect(report.allRight).toBe(true);
    expect(finding(report, 'site')?.said).toContain(standbyHaloGuid);
  });
});

describe('a refused check', () => {
  it('names the key, and the environment that it may belong to', async () => {
    const report = await check({ subscriptionKey: 'wrong-key-that-must-not-be-seen' });
    expect(failure(report)).toMatchObject({
      step: 'key',
      fix: expect.stringMatching(/^HALO_SUBSCRIPTION_KEY.*HALO_ENVIRONMENT=staging/),
    });
    expect(statesOf(report).filter((each) => each.endsWith(': not tried')).length).toBe(8);
    expect(report.cost).toEqual({ calls: 1, charged: 0 });
  });

  it.each([
    ['not-paired', 'Pairing: '],
    ['ip-not-allowed', 'Egress IP: '],
    ['quota', 'Quota: '],
    ['429', 'Rate limit: wait 2 s'],
  ])('distinguishes %s at the site', async (fault, fix) => {
    const report = await checkWith(`1001:${fault}`);
    expect(failure(report)).toMatchObject({ step: 'pairing', fix: expect.stringContaining(fix) });
    expect(report.cost.charged).toBe(0);
  });

  it.each([
    ['Caller Ip Not Allowed', 'Egress IP: '],
    ['Quota Exceeded.', 'Quota: '],
  ])('reports "%s" at the look-up, before any practice', async (message, fix) => {
    const refusal = { status: 403, body: { error: { status: 403, statusText: 'Forbidden', message } } };
    const report = await checkBehind(({ path }) => (path.includes('/sites?') ? refusal : undefined));
    expect(failure(report)).toMatchObject({ step: 'IP, quota', fix: expect.stringContaining(fix) });
  });

  it('names pairing first when a 403 gives no reason', async () => {
    const refusal = { status: 403, body: { error: { status: 403, statusText: 'Forbidden', message: '' } } };
    const report = await checkBehind(({ path }) => (path.includes('/sites/') ? refusal : undefined));
    expect(failure(report)).toMatchObject({
      step: 'pairing',
      fix: expect.stringMatching(/^Pairing: have the practice check it/),
    });
  });
});

describe('a practice that cannot be reached', () => {
  it('reports that it is offline, and skips the rest', async () => {
    const report = await check({ bpSiteIds: ['1007'] });
    expect(failure(report)).toMatchObject({
      step: 'site',
      fix: expect.stringContaining('Halo Link Service'),
    });
    expect(statesOf(report).slice(-3)).toEqual([
      'API: not tried',
      'sources: not tried',
      'database: not tried',
    ]);
    expect(report.cost.charged).toBe(0);
  });

  it('says that it is unreachable', async () => {
    expect(failure(await checkWith('1001:unreachable'))?.said).toContain('unreachable');
  });

  it('reports a server that fails while Halo Cloud lists it as online', async () => {
    const report = await checkWith('1001:503');
    expect(statesOf(report)).toContain('site: ok');
    expect(finding(report, 'database')).toMatchObject({
      state: 'failed',
      fix: expect.stringContaining('Halo Link Service'),
    });
  });

  it.each(['4711', 'ZED-2001'])('knows no Bp Premier practice %s', async (bpSiteId) => {
    expect(failure(await check({ bpSiteIds: [bpSiteId] }))).toMatchObject({
      step: 'practice',
      said: expect.stringContaining(bpSiteId),
      fix: expect.stringContaining('Bp Site ID'),
    });
  });

  it('reports that Halo Link was removed', async () => {
    const { haloGuid } = sandboxPractice('1001');
    const report = await checkBehind(({ path }) =>
      path.endsWith(`/sites/${haloGuid}`)
        ? { status: 200, body: { id: haloGuid, status: 'uninstalled', availability: 'offline' } }
        : undefined,
    );
    expect(failure(report)).toMatchObject({ step: 'site', said: expect.stringContaining('uninstalled') });
  });

  it('G16: does not use a Bp Premier API of another version of FHIR, and says so', async () => {
    const r5 = ({ path }: { path: string }): ProxyAnswer | undefined =>
      path.endsWith('/metadata')
        ? { status: 200, body: { resourceType: 'CapabilityStatement', fhirVersion: '5.0.0' } }
        : undefined;
    const said = 'The Bp Premier API uses FHIR 5.0.0';
    const report = await checkBehind(r5);
    expect(finding(report, 'API')).toMatchObject({ state: 'warning', said: expect.stringContaining(said) });
    expect(finding(report, 'sources')).toMatchObject({ said: expect.not.stringContaining('Bp Premier API') });
    const forced = await checkBehind(r5, { source: 'bp-premier' });
    expect(finding(forced, 'API')).toMatchObject({ state: 'failed' });
  });

  it('continues without a CapabilityStatement, unless the Bp Premier API is forced', async () => {
    const broken = ({ path }: { path: string }): ProxyAnswer | undefined =>
      path.endsWith('/metadata') ? { status: 404, body: {} } : undefined;
    const report = await checkBehind(broken);
    expect(report.allRight).toBe(true);
    expect(finding(report, 'API')).toMatchObject({ state: 'warning' });
    const forced = await checkBehind(broken, { source: 'bp-premier' });
    expect(finding(forced, 'API')).toMatchObject({ state: 'failed' });
    expect(finding(forced, 'database')).toMatchObject({ state: 'ok' });
    expect(forced.allRight).toBe(false);
  });
});

describe('the database', () => {
  it('H3: says which SQL Server, compatibility level and collation, and whether reads wait for writes', async () => {
    expect(finding(await check(), 'database')?.said).toContain(
      'SQL Server 15.0.4382.1, compatibility level 150, collation Latin1_General_CI_AS, reads wait for the writes of the front desk (RCSI is off).',
    );
    const checked = await checkBehind((request) =>
      isQuery(request) ? rowsAnswer([{ CURRENT_LOCATIONS: 2, READ_COMMITTED_SNAPSHOT: true }]) : undefined,
    );
    expect(finding(checked, 'database')?.said).toContain(
      '2 locations. SQL Server unknown, compatibility level unknown, collation unknown, reads do not wait for writes (RCSI is on).',
    );
  });

  it.each([18456, 18470, 4060, 916])(
    'C7: that refuses the login (%i) is no source where the Bp Premier API is one',
    async (number) => {
      const report = await checkBehind((request) => (isQuery(request) ? sqlServerError(number) : undefined));
      expect(failure(report)).toMatchObject({
        step: 'database',
        said: expect.stringContaining(`mssql ${number}`),
      });
      const sources = finding(report, 'sources');
      expect(sources).toMatchObject({ state: 'warning', fix: expect.stringContaining('Database login') });
      expect(sources?.said).not.toContain('SQL Passthrough:');
      expect(sources?.said).toContain('Bp Premier API: read appointments');
      expect(report.cost.charged).toBe(1);
    },
  );

  it('names the tables that are not granted, for one more charged call', async () => {
    const report = await checkBehind((request) => {
      if (!isQuery(request)) return undefined;
      if (!request.body.includes('HAS_PERMS_BY_NAME')) return sqlServerError(229);
      const tables = [...request.body.matchAll(/dbo\.(\w+)/g)].map(([, table]) => table ?? '');
      const granted = (table: string) => (table === 'EMAIL' ? 0 : table === 'DAYSAWAY' ? null : 1);
      return rowsAnswer([Object.fromEntries(tables.map((table) => [table, granted(table)]))]);
    });
    expect(failure(report)).toMatchObject({
      step: 'database',
      said: 'The database answers, but not for DAYSAWAY, EMAIL (mssql 229).',
      fix: expect.stringContaining('DAYSAWAY, EMAIL'),
    });
    expect(report.cost.charged).toBe(2);
  });

  it('reports when the table cannot be determined', async () => {
    const report = await checkBehind((request) => (isQuery(request) ? sqlServerError(208) : undefined));
    expect(failure(report)?.said).toContain('not for some table');
  });

  it('reports a failed login', async () => {
    const report = await checkBehind((request) => (isQuery(request) ? sqlServerError(18456) : undefined));
    expect(failure(report)).toMatchObject({
      step: 'database',
      fix: expect.stringContaining('Database login'),
    });
    expect(report.cost.charged).toBe(1);
  });
});

describe('no Halo Cloud at the address', () => {
  it.each([
    ['nothing listens there', 'http://127.0.0.1:9', /refuses the connection \(ECONNREFUSED\)/],
    ['the name does not exist', 'http://no-such-host.invalid', /no-such-host\.invalid cannot be resolved/],
  ])('says that %s', async (_, baseUrl, said) => {
    expect(failure(await check({ baseUrl }))).toMatchObject({
      step: 'Halo Cloud',
      said: expect.stringMatching(said),
      fix: expect.stringContaining('HALO_BASE_URL'),
    });
  });

  it('says that it does not speak TLS', async () => {
    const baseUrl = inject('sandboxUrl').replace('http:', 'https:');
    expect(failure(await check({ baseUrl }))?.said).toContain('does not speak TLS');
  });

  it('says that something else answers', async () => {
    const elsewhere = await check({ baseUrl: `${inject('sandboxUrl')}/elsewhere` });
    expect(failure(elsewhere)).toMatchObject({
      step: 'Halo Cloud',
      said: expect.stringContaining('HTTP 404'),
    });
    const page = await checkBehind(() => ({ status: 200, body: '<html>Sign in</html>' }));
    expect(failure(page)?.fix).toContain('HALO_BASE_URL');
  });

  it('reports an outage of Halo Cloud itself', async () => {
    expect(failure(await checkWith('1001:lookup-fails'))).toMatchObject({
      step: 'Halo Cloud',
      said: expect.stringContaining('HTTP 500'),
    });
  });

  it('ends when no response arrives', async () => {
    const report = await checkWith('1001:hang', { deadlineMs: 2_000 });
    expect(failure(report)).toMatchObject({
      step: 'pairing',
      said: expect.stringContaining('HALO_DEADLINE_MS=2000'),
    });
  });
});

describe('any number of practices', () => {
  it('checks key and address without a practice, free of charge', async () => {
    const report = await check({ bpSiteIds: [] });
    expect(report).toMatchObject({ allRight: true, practices: [], cost: { calls: 1, charged: 0 } });
    expect(reportText(report)).toContain('No practice was checked');
  });

  it('prints one line for each working practice, and the steps of the others', async () => {
    const report = await check({ bpSiteIds: ['1001', '1007', '1002'] });
    expect(report.allRight).toBe(false);
    const text = reportText(report);
    expect(text).toMatch(/^✓ 1001: /m);
    expect(text).toMatch(/^✓ 1002: /m);
    expect(text).toMatch(/^1007:\n/m);
    expect(text).toMatch(/^ {2}✗ site /m);
    expect(text).toContain('1 problem to fix.');
  });
});

it('never shows the key, nor credentials of the address', async () => {
  const baseUrl = inject('sandboxUrl').replace('//', '//user:password-not-to-be-seen@');
  for (const options of [{}, { subscriptionKey: 'wrong-key-that-must-not-be-seen' }, { baseUrl }]) {
    const report = await check(options);
    const shown = reportText(report) + JSON.stringify(report);
    expect(shown).not.toMatch(/must-not-be-seen|not-to-be-seen/);
    expect(shown).not.toContain(defaultKey);
  }
});
