import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AppointmentQuery } from '../../../src/datasources/domain/appointment.ts';
import type { PatientQuery, PatientSearch } from '../../../src/datasources/domain/patient.ts';
import type { Selection } from '../../../src/datasources/domain/selection.ts';
import type { SqlStatement } from '../../../src/datasources/halo-cloud/practice-connection.ts';
import { readsOnly } from '../../../src/datasources/halo-cloud/sql/reads-only.ts';
import type { PracticeData } from '../../../src/datasources/practice/port.ts';
import { createSqlPassthrough } from '../../../src/datasources/sql-passthrough/index.ts';
import { maxCallsOf } from '../source-members.ts';
import { fakeConnection } from './engine-connection.ts';

async function statementsOf(
  read: (data: PracticeData) => Promise<unknown>,
): Promise<readonly SqlStatement[]> {
  const statements: SqlStatement[] = [];
  await read(createSqlPassthrough(fakeConnection(async () => [], statements)).data);
  return statements;
}

async function only(read: (data: PracticeData) => Promise<unknown>): Promise<SqlStatement> {
  const statements = await statementsOf(read);
  expect(statements).toHaveLength(1);
  return statements[0] as SqlStatement;
}

const valueIn = ({ parameters }: SqlStatement, name: string) =>
  parameters.find((parameter) => parameter.name === name)?.value;
/** The line that selects the result. Before it, a text may set variables. */
const selectLine = ({ text }: SqlStatement) =>
  text.split('\n').find((line) => /^SELECT (?!@)/.test(line)) ?? '';
const aliases = (statement: SqlStatement) =>
  [...selectLine(statement).matchAll(/ AS (\w+)/g)].map(([, alias]) => alias);
const declared = ({ text }: SqlStatement) => [...text.matchAll(/(@\w+) INT\b/g)].map(([, name]) => name);
/** `p.FIRSTNAME`, in any expression. */
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

/** One question of each kind. */
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

test('statements of appointments, patients and users list their columns in order', async () => {
  const withColumns: SqlStatement[] = [];
  for (const question of questions) {
    const statement = await only(question);
    if (statement.columns) withColumns.push(statement);
  }
  expect(withColumns).toHaveLength(6);
  for (const statement of withColumns) expect(statement.columns).toEqual(aliases(statement));
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
      const [statement] = await statementsOf((data) =>
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
      const withIds = await statementsOf((data) => data.patients(ids));
      const three = await statementsOf((data) => data.patients({ ids: ['3'], fields: {} }));
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

test('ids that no row can have are not queried', async () => {
  const impossible = ['', 'x', '1; DROP', '-1', '0', '01', '2147483648', '9'.repeat(40), '1.5', ' 1', '1e3'];
  const data = (query: Omit<AppointmentQuery, 'fields'>) => (port: PracticeData) =>
    port.appointments({ ...query, fields: {} });
  expect(await statementsOf(data({ ids: impossible }))).toEqual([]);
  expect(await statementsOf(data({ userIds: impossible }))).toEqual([]);
  expect(await statementsOf(data({ patientIds: [] }))).toEqual([]);
  expect(await statementsOf(data({ from: '2026-11-23', locationId: 'x' }))).toEqual([]);
  expect(await statementsOf(data({ after: { date: '2026-11-23', seconds: 0, pmsId: 'x' } }))).toEqual([]);
  expect(await statementsOf(data({ statuses: [] }))).toEqual([]);
  expect(await statementsOf((port) => port.patients({ ids: impossible, fields: {} }))).toEqual([]);
  expect(await statementsOf((port) => port.users({ ids: impossible, fields: {} }))).toEqual([]);
  expect(await statementsOf((port) => port.sessions({ userIds: impossible }))).toEqual([]);
  expect(
    await statementsOf((port) =>
      port.daysAway({ userIds: impossible, from: '2026-11-23', to: '2026-11-23' }),
    ),
  ).toEqual([]);
  expect(await statementsOf((port) => port.providerNumbers({ userIds: impossible }))).toEqual([]);
  expect(
    await statementsOf((port) =>
      port.availableSlots({ userIds: impossible, from: '2026-11-23', to: '2026-11-23' }),
    ),
  ).toEqual([]);
});

test('a search without criteria finds no patient', async () => {
  for (const search of [{}, { name: '  ' }, { phone: '()' }, { email: ' ' }, { medicareNumber: ' ' }]) {
    expect(await statementsOf((data) => data.patients({ search, fields: {} }))).toEqual([]);
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

test('long lists of ids are split, counted as charged calls, and stay below what SQL Server takes', async () => {
  const ids = Array.from({ length: 2_300 }, (_, index) => String(index + 1));
  const adapter = createSqlPassthrough(fakeConnection(async () => []));
  const twoLists = { userIds: ids.slice(0, 1_000), patientIds: ids.slice(0, 1_000), fields: {} };
  for (const [query, count] of [
    [{ ids, fields: {} }, 3],
    [twoLists, 4],
  ] as const) {
    const statements = await statementsOf((data) => data.appointments(query));
    expect(statements).toHaveLength(count);
    expect(Math.max(...statements.map(({ parameters }) => parameters.length))).toBeLessThan(2_000);
    // 1,000 patients can have more appointments than an immediate result holds: each statement may run twice.
    expect(maxCallsOf(adapter, { method: 'appointments', query })).toBe(query === twoLists ? 8 : count);
  }
  expect(await statementsOf((data) => data.patients({ ids, fields: {} }))).toHaveLength(3);
  expect((await only((data) => data.users({ ids, fields: {} }))).parameters).toEqual([]);
  expect((await only((data) => data.sessions({ userIds: ids }))).parameters).toEqual([]);
});

describe('H2: SQL Server keeps a plan for each text, and for each size of a parameter', () => {
  const many = Array.from({ length: 1_000 }, (_, index) => String(index + 1));
  const texts = async (
    read: (data: PracticeData, count: number) => Promise<unknown>,
    counts: readonly number[],
  ) => {
    const found = new Set<string>();
    for (const count of counts)
      for (const { text } of await statementsOf((data) => read(data, count))) found.add(text);
    return found.size;
  };
  const counts = Array.from({ length: 1_000 }, (_, index) => index + 1);
  const ids = (count: number) => many.slice(0, count);

  test.each<[string, number, (data: PracticeData, count: number) => Promise<unknown>]>([
    ['appointments by id', 12, (data, count) => data.appointments({ ids: ids(count), fields: {} })],
    ['appointments of users', 12, (data, count) => data.appointments({ userIds: ids(count), fields: {} })],
    [
      'appointments of patients',
      12,
      (data, count) => data.appointments({ patientIds: ids(count), fields: {} }),
    ],
    ['patients by id', 13, (data, count) => data.patients({ ids: ids(count), fields: {} })],
    ['users by id', 12, (data, count) => data.users({ ids: ids(count), fields: {} })],
    ['provider numbers', 12, (data, count) => data.providerNumbers({ userIds: ids(count) })],
    ['sessions', 12, (data, count) => data.sessions({ userIds: ids(count) })],
    [
      'days away',
      12,
      (data, count) => data.daysAway({ from: '2026-11-23', to: '2026-11-23', userIds: ids(count) }),
    ],
    [
      'slots',
      12,
      (data, count) => data.availableSlots({ from: '2026-11-23', to: '2026-11-23', userIds: ids(count) }),
    ],
  ])('%s: %i texts for lists of 1 to 1,000', async (_question, most, read) => {
    expect(await texts(read, counts)).toBeLessThanOrEqual(most);
  });

  test('a search by name: few texts, however many words it has and however long they are', async () => {
    const search = (data: PracticeData, words: number) =>
      data.patients({
        search: {
          name: Array.from(
            { length: words },
            (_, index) => `${'ab'[index % 2]}${'c'.repeat(index % 7)}${index}`,
          ).join(' '),
        },
        limit: 51,
        fields: {},
      });
    expect(await texts(search, counts.slice(0, 50))).toBe(6);
  });

  test('every text parameter has a size of a few, at least as long as its value, and is varchar', async () => {
    const sizes = new Set<number | undefined>();
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 90 }), fc.string({ maxLength: 90 }), async (name, email) => {
        const search = {
          name: `a${name}`,
          email: `${email}@b`,
          phone: '0491570006',
          medicareNumber: '2123456701',
        };
        for (const { parameters } of await statementsOf((data) => data.patients({ search, fields: {} }))) {
          for (const { type, value, size } of parameters) {
            expect(type).toBe('VarChar');
            expect(size).toBeGreaterThanOrEqual(value?.length ?? 0);
            sizes.add(size);
          }
        }
      }),
    );
    expect([...sizes].toSorted((a = 0, b = 0) => a - b)).toEqual(expect.arrayContaining([10, 50]));
    expect(sizes.size).toBeLessThanOrEqual(6);
  });
});

describe('H1: an index is searched before every patient is scanned', () => {
  const textOf = async (search: PatientSearch, more: Partial<PatientQuery> = {}) =>
    (await only((data) => data.patients({ search, limit: 51, fields: {}, ...more }))).text;

  test.each<[PatientSearch, RegExp, RegExp]>([
    [
      { name: 'ann berg' },
      /p\.SURNAME LIKE @last0 ESCAPE '!' OR p\.SURNAME LIKE @last1/,
      /NAMES LIKE @name1/,
    ],
    [{ email: 'a@example.com' }, /f\.EMAIL = @email\b/, /LOWER\(LTRIM\(RTRIM\(f\.EMAIL\)\)\) = @emailFolded/],
    [
      { medicareNumber: '2123456701' },
      /p\.MEDICARENO LIKE @medicareStart/,
      /REPLACE\(REPLACE\(p\.MEDICARENO/,
    ],
  ])('%j', async (search, seekable, wide) => {
    const text = await textOf(search);
    const [first = '', wider = ''] = text.split('\nELSE\n');
    expect(first).toMatch(seekable);
    expect(wider).toMatch(wide);
    expect(text).toMatch(/^DECLARE /);
    expect(readsOnly(text, { functionsMayWrite: false })).toBe(true);
    // By ids there is an index already.
    expect(await textOf(search, { ids: ['3'] })).not.toContain('ELSE');
  });

  test('no text has what SQL Server 2012 does not know', async () => {
    for (const search of [
      { name: 'a b' },
      { email: 'a@b' },
      { medicareNumber: '2123456701', phone: '0491570006' },
    ]) {
      for (const more of [{}, { afterId: '3' }]) {
        expect(await textOf(search, more)).not.toMatch(
          /\b(TRIM|STRING_AGG|STRING_SPLIT|TRANSLATE|CONCAT_WS|OPENJSON|LEAST)\s*\(/,
        );
      }
    }
  });
});
