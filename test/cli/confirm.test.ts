/** `halo-graph confirm` against a sandbox where everything holds, and where each line fails once. */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultKey, startSandbox } from '../../sandbox/server/start.ts';
import { maxCharged } from '../../src/cli/confirm/charged-calls.ts';
import { type ConfirmOptions, confirmPractice } from '../../src/cli/confirm/confirm-practice.ts';
import { everyLine } from '../../src/cli/confirm/lines.ts';
import { reportText } from '../../src/cli/confirm/report-text.ts';
import { untested } from '../../src/cli/confirm/untested.ts';
import { confirmFromEnvironment } from '../../src/cli/confirm-from-environment.ts';
import { readConfig } from '../../src/config.ts';
import { openChangedSandbox } from './changed-sandbox.ts';
import { failures } from './confirm-failures.ts';

const sandbox = await startSandbox();
const front = await openChangedSandbox(sandbox.url);
afterAll(async () => {
  await front.close();
  await sandbox.close();
});

const confirm = (bpSiteId: string, options: Partial<ConfirmOptions> = {}) =>
  confirmPractice({
    ...readConfig({}),
    baseUrl: front.url,
    subscriptionKey: defaultKey,
    deadlineMs: 60_000,
    bpSiteId,
    registered: false,
    wait: () => pause(50),
    ...options,
  });

/** The line that a name of the table begins. */
const lineOf = (name: string) => {
  const [id = '', ...words] = name.split(' ');
  const found = everyLine.filter((line) => line.id === id && line.about.startsWith(words.join(' ')));
  expect(found.map(({ about }) => about)).toHaveLength(1);
  return found[0];
};

describe('a practice as assumed', () => {
  const read = confirm('1002', { registered: true });

  it('every line holds', async () => {
    const { lines } = await read;
    expect(lines.filter(({ state }) => state !== 'holds')).toEqual([]);
    expect(lines.length).toBe(everyLine.length);
  });

  it('costs at most six charged calls, and writes nothing', async () => {
    expect((await read).cost.charged).toBe(maxCharged);
    expect(sandbox.calls.filter(({ charged }) => charged).length).toBe(maxCharged);
    expect(
      sandbox.calls.map(({ method, path }) => `${method} ${path.replace(/[0-9a-f-]{36}/g, '{id}')}`),
    ).toEqual(expect.not.arrayContaining([expect.stringMatching(/^PUT|async$/)]));
  });

  it('shows nothing of a patient, and not the key', async () => {
    const names = ['FIRSTNAME', 'SURNAME', 'MEDICARENO', 'MOBILEPHONE', 'ADDRESS1'];
    const patients = sandbox
      .database('1002')
      .all<Record<string, string | null>>(`SELECT ${names.join(', ')} FROM PATIENTS WHERE INTERNALID <> 0`);
    const known = new Set(
      patients.flatMap((row) => Object.values(row)).filter((text) => text && text.length > 4),
    );
    const report = await read;
    const shown = `${JSON.stringify(report)}\n${reportText(report)}`;
    expect([...known].filter((text) => shown.includes(`"${text}"`) || shown.includes(` ${text} `))).toEqual(
      [],
    );
    expect(shown).not.toContain(defaultKey);
    expect(Object.keys(report.readings)).not.toContain('sample of appointments');
    expect(Object.keys(report.readings)).not.toContain('users');
  });

  it('selects no name, birth date, number, address or free text', async () => {
    await read;
    const text = front.texts.slice(0, 2).join('\n');
    expect(text).toContain('FROM dbo.PATIENTS');
    // What remains of it are conditions.
    const conditions =
      /COALESCE\(RTRIM\(p\.\w+\), ''\) = ''|LTRIM\(p\.MEDICARENO\) LIKE|m\.EMAIL <> ''|h\.PHONE LIKE/g;
    const phones =
      /SELECT p\.\w+PHONE AS PHONE|'UPDATE USERS\.\w+'|'EMAIL\.EMAIL'|'(EMAIL|PHONE)', 'COLUMN'/g;
    expect(text.replaceAll(conditions, '').replaceAll(phones, '')).not.toMatch(
      /\b(DOB|ADDRESS\d|REASON|COMMENT|AWAYREASON|SURNAME|FIRSTNAME|PREFERREDNAME|PASSWORD|MEDICARENO|\w*PHONE|EMAIL\.EMAIL|\w\.EMAIL)\b/,
    );
  });

  it('fits a terminal of 80 columns', async () => {
    const lines = reportText(await read).split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});

it('the table has every line', () => {
  expect(Object.keys(failures).map((name) => lineOf(name))).toEqual(
    expect.arrayContaining(
      everyLine.map((line) => expect.objectContaining({ id: line.id, about: line.about })),
    ),
  );
  expect(Object.keys(failures).length).toBe(everyLine.length);
});

describe.each(Object.entries(failures).map((entry, index) => [...entry, index] as const))(
  '%s',
  (name, { sql = [], answers, clockMs = 0 }, index) => {
    it('does not hold there, and says what to change', async () => {
      const bpSiteId = index < 50 ? String(9001 + index) : (['1003', '1004', '1005'][index % 3] ?? '');
      for (const statement of sql) sandbox.database(bpSiteId).run(statement);
      front.set(answers ?? ((_, body) => body));
      const report = await confirm(bpSiteId, {
        registered: /^H(35|24) /.test(name),
        clock: () => Date.now() + clockMs,
      }).finally(() => front.set((_, body) => body));
      const line = lineOf(name);
      const found = report.lines.find(({ id, about }) => id === line?.id && about === line.about);
      expect(found).toMatchObject({ state: 'does not hold', remedy: expect.stringMatching(/./) });
      expect(report.cost.charged).toBeLessThanOrEqual(maxCharged);
    });
  },
);

describe('what cannot be read', () => {
  it('a refused table loses its own lines only', async () => {
    const { run } = sandbox.database('1001');
    run(`DELETE FROM "sys.permissions" WHERE securable = 'PATIENTS'`);
    const { lines, cost } = await confirm('1001');
    expect(lines.find(({ id }) => id === 'B36')).toMatchObject({
      state: 'cannot tell',
      found: 'The login may not read PATIENTS.',
    });
    expect(lines.find(({ id }) => id === 'B1')?.state).toBe('holds');
    expect(cost.charged).toBe(5);
  });

  it('an object that is refused unexpectedly loses one half', async () => {
    sandbox.setFault('1006', 'no-reserved');
    const { lines, cost } = await confirm('1006').finally(() => sandbox.setFault('1006', null));
    expect(lines.find(({ id }) => id === 'B1')?.state).toBe('holds');
    expect(lines.find(({ id }) => id === 'B42')?.state).toBe('cannot tell');
    expect(lines.find(({ id }) => id === 'H25')).toMatchObject({
      state: 'does not hold',
      found: expect.stringContaining('mssql 229'),
    });
    expect(cost.charged).toBeLessThanOrEqual(maxCharged);
  });

  it('a database that refuses the login leaves the FHIR lines', async () => {
    const { lines, cost } = await confirm('1001', {
      baseUrl: sandbox.url,
      simulatedFault: 'sql-error-18456',
    });
    expect(lines.find(({ id }) => id === 'B1')).toMatchObject({
      state: 'cannot tell',
      found: expect.stringContaining('18456'),
    });
    expect(lines.find(({ id }) => id === 'F6')?.state).toBe('holds');
    expect(cost.charged).toBeLessThanOrEqual(maxCharged);
  });

  it('a site without FHIR searches of appointments leaves the others', async () => {
    const { lines } = await confirm('1006');
    expect(lines.find(({ id }) => id === 'F1')).toMatchObject({ state: 'cannot tell' });
    expect(lines.find(({ id }) => id === 'F7')).toMatchObject({ state: 'does not hold' });
  });

  it('a practice that is not there is an error', async () => {
    await expect(confirm('4711')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('an override is part of what holds', async () => {
  const bpSiteId = '9050';
  sandbox.database(bpSiteId).run('UPDATE APPOINTMENTTYPES SET APPOINTMENTLENGTH = APPOINTMENTLENGTH / 60');
  const practices = [{ bpSiteId, codeOverrides: { appointmentTypeLengthUnit: 'minutes' as const } }];
  const { lines } = await confirm(bpSiteId, { practices });
  expect(lines.find(({ about }) => about.startsWith('lengths of appointment types'))?.state).toBe('holds');
});

describe('the command', () => {
  const run = (options: object, prompt: ((question: string) => Promise<string>) | null = null) =>
    confirmFromEnvironment(
      { HALO_BASE_URL: sandbox.url, HALO_SUBSCRIPTION_KEY: defaultKey },
      { bpSiteId: '1002', json: false, yes: false, registered: false, ...options },
      prompt,
    );

  it('shows the price first, and does nothing unless it is accepted', async () => {
    sandbox.resetCalls();
    expect(await run({})).toMatchObject({
      exitCode: 3,
      problem: expect.stringContaining('at most 6 charged calls'),
    });
    const questions: string[] = [];
    const no = await run({}, async (question) => {
      questions.push(question);
      return 'n';
    });
    expect(no.exitCode).toBe(3);
    expect(questions[0]).toContain('at most 6 charged calls');
    expect(sandbox.calls).toEqual([]);
  });

  it('exits with 0 where nothing fails, 1 where something does, 3 where it could not run', async () => {
    expect((await run({}, async () => 'y')).exitCode).toBe(0);
    expect((await run({ yes: true, bpSiteId: '9050' })).exitCode).toBe(1);
    expect(await run({ yes: true, bpSiteId: '4711' })).toMatchObject({
      exitCode: 3,
      problem: expect.stringContaining('4711'),
    });
  });

  it('--json is the report as JSON', async () => {
    const { text } = await run({ yes: true, json: true });
    expect(JSON.parse(text).lines.length).toBe(everyLine.length);
  });
});

/** docs/assumptions.md: how each assumption is tested, or why not. */
it('docs/assumptions.md says for every assumption how confirm tests it, or why nothing can', () => {
  const page = readFileSync(new URL('../../docs/assumptions.md', import.meta.url), 'utf8');
  const ids = [...page.matchAll(/^\| ([A-Z]\d+) \| .* \| .* \|$/gm)].map(([, id = '']) => id);
  const tested = new Set(everyLine.map(({ id }) => id));
  const excused = untested.flatMap((each) => each.ids);
  const isSandbox = (id: string) => id.startsWith('S');
  expect(ids.filter((id) => !isSandbox(id) && !tested.has(id) && !excused.includes(id))).toEqual([]);
  expect(excused.filter((id) => tested.has(id) || !ids.includes(id))).toEqual([]);
  expect([...tested].filter((id) => !ids.includes(id))).toEqual([]);
  expect(page.slice(page.indexOf('## How confirm tests them'))).toBe(coverage());
});

function coverage(): string {
  const ids = [...new Set(everyLine.map(({ id }) => id))];
  const rows = ids.map((id) => {
    const reads = everyLine.filter((line) => line.id === id).map((line) => line.reads);
    return `| ${id} | ${[...new Set(reads)].join('; ')} |`;
  });
  return [
    '## How confirm tests them',
    '',
    '[`halo-graph confirm`](confirm.md) reads at a real practice:',
    '',
    '| id | what is read and compared |',
    '|---|---|',
    ...rows,
    '',
    'Nothing that it could read tests the others. Those of the sandbox (S) concern no practice.',
    '',
    ...untested.map((each) => `- ${each.reason} ${each.ids.join(', ')}.`),
    '',
  ].join('\n');
}
