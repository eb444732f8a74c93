import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SqlStatement } from '../../../src/datasources/practice-connection.ts';
import type { AppointmentQuery, PracticeData, Selection } from '../../../src/datasources/practice-data.ts';
import { createSqlPassthrough } from '../../../src/datasources/sql-passthrough/index.ts';
import { fakeConnection } from './engine-connection.ts';

async function asked(ask: (data: PracticeData) => Promise<unknown>): Promise<readonly SqlStatement[]> {
  const statements: SqlStatement[] = [];
  await ask(createSqlPassthrough(fakeConnection(async () => [], statements)).data);
  return statements;
}

async function only(ask: (data: PracticeData) => Promise<unknown>): Promise<SqlStatement> {
  const statements = await asked(ask);
  expect(statements).toHaveLength(1);
  return statements[0] as SqlStatement;
}

const valueIn = ({ parameters }: SqlStatement, name: string) =>
  parameters.find((parameter) => parameter.name === name)?.value;
/** The line that selects what is answered: before it, a text may count into variables. */
const selectLine = ({ text }: SqlStatement) =>
  text.split('\n').find((line) => /^SELECT (?!@)/.test(line)) ?? '';
const aliases = (statement: SqlStatement) =>
  [...selectLine(statement).matchAll(/ AS (\w+)/g)].map(([, alias]) => alias);
const declared = ({ text }: SqlStatement) => [...text.matchAll(/(@\w+) INT\b/g)].map(([, name]) => name);
/** `p.FIRSTNAME`, whatever stands around it. */
const columns = (statement: SqlStatement): readonly string[] =>
  selectLine(statement).match(/\b[a-z]+\.[A-Z0-9]+/g) ?? [];

const everything: Selection = {
  pmsStatus: {},
  type: { defaultDurationMinutes: {} },
  reason: {},
  comment: {},
  urgent: {},
  telehealthUrl: {},
  arrivedAt: {},
  consultationStartedAt: {},
  bookedAt: {},
  updatedAt: {},
  patient: { status: {}, title: {}, fullName: {}, sex: {}, email: {}, medicare: {}, dva: {}, address: {} },
  user: { displayName: {}, role: {}, location: {}, email: {} },
  location: { name: {}, address: {}, phone: {} },
};

/** One of each question. */
const questions: readonly ((data: PracticeData) => Promise<unknown>)[] = [
  (data) => data.appointments({ from: '2026-11-23', to: '2026-11-24', fields: everything }),
  (data) => data.appointments({ patientIds: ['3'], limit: 5, limitPer: 'patient', fields: everything }),
  (data) => data.appointmentTypes(),
  (data) => data.availableSlots({ from: '2026-11-23', to: '2026-11-24', userIds: ['2'] }),
  (data) =>
    data.patients({
      search: { name: 'Test', email: 'a@example.com' },
      afterId: '3',
      limit: 6,
      fields: everything,
    }),
  (data) => data.users({ role: 'NURSE', active: true, fields: { providerNumbers: {}, title: {} } }),
  (data) => data.users({ fields: everything, appointments: { from: '2026-11-23', fields: everything } }),
  (data) => data.providerNumbers({ userIds: ['2'] }),
  (data) => data.sessions({ userIds: ['2'] }),
  (data) => data.daysAway({ userIds: ['2'], from: '2026-11-23', to: '2026-11-24' }),
  (data) => data.locations(),
  (data) => data.clinicHours(),
  (data) => data.daysClosed({ from: '2026-11-23', to: '2026-11-24' }),
];

test('every question is one statement, its parameters are all used and each is declared once', async () => {
  for (const question of questions) {
    const statement = await only(question);
    const names = [...statement.parameters.map(({ name }) => name), ...declared(statement)];
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(statement.text.match(/@\w+/g) ?? [])).toEqual(new Set(names));
  }
});

test('no statement reads everything or a secret, and no alias is a reserved word of T-SQL', async () => {
  const reserved =
    /^(user|from|to|end|key|order|group|index|open|close|current|percent|plan|file|rule|identity)$/i;
  for (const question of questions) {
    const statement = await only(question);
    expect(statement.text).not.toMatch(/\*|PASSWORD|PKIKEY|THUMBPRINT|ERXID/i);
    expect(new Set(aliases(statement)).size).toBe(aliases(statement).length);
    for (const alias of aliases(statement)) {
      expect(alias).toMatch(/^[a-z][A-Za-z0-9]*$/);
      expect(alias).not.toMatch(reserved);
    }
  }
});

test('appointments, patients and users tell what their rows will have, in order', async () => {
  const told: SqlStatement[] = [];
  for (const question of questions) {
    const statement = await only(question);
    if (statement.columns) told.push(statement);
  }
  expect(told).toHaveLength(6);
  for (const statement of told) expect(statement.columns).toEqual(aliases(statement));
});

test('dates and ids travel typed, lists numbered', async () => {
  const statement = await only((data) =>
    data.appointments({
      from: '2026-11-23',
      to: '2026-11-24',
      userIds: ['2', '2000000553'],
      limit: 7,
      fields: {},
    }),
  );
  expect(statement.parameters).toEqual([
    { name: '@from', type: 'Date', value: '2026-11-23' },
    { name: '@before', type: 'Date', value: '2026-11-25' },
    { name: '@user0', type: 'Int', value: '2' },
    { name: '@user1', type: 'Int', value: '2000000553' },
    { name: '@limit', type: 'Int', value: '7' },
  ]);
  expect(statement.text).toContain('a.USERID IN (@user0, @user1)');
  expect(statement.text).toMatch(/^SELECT TOP \(@limit\) /);
});

test('a date beyond what a datetime column holds is moved to where nothing is', async () => {
  const statement = await only((data) =>
    data.appointments({ from: '1066-10-14', to: '9999-12-31', fields: {} }),
  );
  expect(valueIn(statement, '@from')).toBe('1753-01-01');
  expect(valueIn(statement, '@before')).toBe('9999-12-31');
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.constantFrom(
    "'; DROP TABLE PATIENTS;--",
    '%',
    '_',
    '[a-z]',
    "O''Brien",
    '@name0',
    '!',
    '\u0000',
    "' OR 1=1",
  ),
);

test('what a caller sends never reaches a text', async () => {
  const plain = await only((data) =>
    data.patients({ search: { name: 'a', phone: '1', email: 'a', medicareNumber: '1' }, fields: {} }),
  );
  await fc.assert(
    fc.asyncProperty(hostile, hostile, hostile, async (name, email, id) => {
      const word = `${name.replace(/[^a-z]/gi, '') || 'a'}${name.replace(/[\s\p{L}\p{N}]+/gu, '')}`;
      const [statement] = await asked((data) =>
        data.patients({
          search: {
            name: word,
            phone: `1${name.replace(/^0/, '')}`,
            email: `a${email.replace(/[^ -~]/g, '')}`,
            medicareNumber: `1${email}`,
          },
          fields: {},
        }),
      );
      expect(statement?.text).toBe(plain.text);
      const ids = { ids: [id, '3'], fields: {} };
      const withIds = await asked((data) => data.patients(ids));
      const three = await asked((data) => data.patients({ ids: ['3'], fields: {} }));
      if (!/^[1-9]\d*$/.test(id)) expect(withIds).toEqual(three);
    }),
    { numRuns: 200 },
  );
});

test('what LIKE would read as a wildcard is escaped', async () => {
  const statement = await only((data) => data.patients({ search: { name: 'a%_[b!' }, limit: 9, fields: {} }));
  expect(valueIn(statement, '@last0')).toBe('a!%!_![b!!%');
  expect(valueIn(statement, '@name0')).toMatch(/^%\[\^[^\]]+\]\[Aa[^\]]+\]%$/);
});

test('ids that no row can have are not asked for', async () => {
  const impossible = ['', 'x', '1; DROP', '-1', '0', '01', '2147483648', '9'.repeat(40), '1.5', ' 1', '1e3'];
  const data = (query: Omit<AppointmentQuery, 'fields'>) => (port: PracticeData) =>
    port.appointments({ ...query, fields: {} });
  expect(await asked(data({ ids: impossible }))).toEqual([]);
  expect(await asked(data({ userIds: impossible }))).toEqual([]);
  expect(await asked(data({ patientIds: [] }))).toEqual([]);
  expect(await asked(data({ from: '2026-11-23', locationId: 'x' }))).toEqual([]);
  expect(await asked(data({ after: { date: '2026-11-23', seconds: 0, pmsId: 'x' } }))).toEqual([]);
  expect(await asked(data({ statuses: [] }))).toEqual([]);
  expect(await asked((port) => port.patients({ ids: impossible, fields: {} }))).toEqual([]);
  expect(await asked((port) => port.users({ ids: impossible, fields: {} }))).toEqual([]);
  expect(await asked((port) => port.sessions({ userIds: impossible }))).toEqual([]);
  expect(
    await asked((port) => port.daysAway({ userIds: impossible, from: '2026-11-23', to: '2026-11-23' })),
  ).toEqual([]);
  expect(await asked((port) => port.providerNumbers({ userIds: impossible }))).toEqual([]);
  expect(
    await asked((port) => port.availableSlots({ userIds: impossible, from: '2026-11-23', to: '2026-11-23' })),
  ).toEqual([]);
});

test('a search that says nothing finds nobody', async () => {
  for (const search of [{}, { name: '  ' }, { phone: '()' }, { email: ' ' }, { medicareNumber: ' ' }]) {
    expect(await asked((data) => data.patients({ search, fields: {} }))).toEqual([]);
  }
});

test('only what is selected is read', async () => {
  const bare = await only((data) => data.appointments({ fields: {} }));
  expect(bare.text).not.toMatch(/PATIENTS|USERS|APPOINTMENTTYPES|APPOINTMENTCODES|REASON|CREATED/);
  const name = await only((data) =>
    data.appointments({ fields: { patient: { fullName: {} }, user: { role: {} }, type: { name: {} } } }),
  );
  expect(columns(name).filter((column) => !columns(bare).includes(column))).toEqual([
    't.APPOINTMENTCODE',
    't.DESCRIPTION',
    'p.INTERNALID',
    'p.FIRSTNAME',
    'p.SURNAME',
    'u.USERID',
    'ug.GROUPNAME',
  ]);
  expect(name.text).not.toMatch(/TITLES|EMAIL|SEX/);
  const patient = await only((data) =>
    data.patients({ ids: ['1'], fields: { email: {}, id: {}, practice: {}, appointments: {} } }),
  );
  expect(columns(patient)).toEqual(['p.INTERNALID', 'e.EMAIL']);
});

test('long lists of ids are split, counted as charges, and stay below what SQL Server takes', async () => {
  const ids = Array.from({ length: 2_300 }, (_, index) => String(index + 1));
  const adapter = createSqlPassthrough(fakeConnection(async () => []));
  const twoLists = { userIds: ids.slice(0, 1_000), patientIds: ids.slice(0, 1_000), fields: {} };
  for (const [query, count] of [
    [{ ids, fields: {} }, 3],
    [twoLists, 4],
  ] as const) {
    const statements = await asked((data) => data.appointments(query));
    expect(statements).toHaveLength(count);
    expect(Math.max(...statements.map(({ parameters }) => parameters.length))).toBeLessThan(2_000);
    expect(adapter.charges({ method: 'appointments', query })).toBe(count);
  }
  expect(await asked((data) => data.patients({ ids, fields: {} }))).toHaveLength(3);
  expect((await only((data) => data.users({ ids, fields: {} }))).parameters).toEqual([]);
  expect((await only((data) => data.sessions({ userIds: ids }))).parameters).toEqual([]);
});
