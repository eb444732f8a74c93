import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Patient, PatientSearch } from '../../../src/datasources/domain/patient.ts';
import type { Selection } from '../../../src/datasources/domain/selection.ts';
import { createSqlPassthrough } from '../../../src/datasources/sql-passthrough/index.ts';
import { isFoundBy, searchWords } from '../../../src/text/name-words.ts';
import { windows1252 } from '../../../src/text/windows-1252.ts';
import { nameCases } from '../../text/name-cases.ts';
import { connectSandbox, type EngineConnection } from './engine-connection.ts';

function open(patients = 120) {
  const connection = connectSandbox('1001', { patients, daysBack: 1, daysAhead: 1 });
  return { connection, data: createSqlPassthrough(connection).data };
}

let nextId = 800_001;

/** Inserts a row of PATIENTS and returns its id. */
function add(
  connection: EngineConnection,
  values: Record<string, string | number | null | undefined>,
): string {
  const row: Record<string, string | number | null | undefined> = {
    INTERNALID: nextId++,
    RECORDSTATUS: 1,
    PATIENTSTATUS: 1,
    ...values,
  };
  const names = Object.keys(row);
  connection.database.run(
    `INSERT INTO PATIENTS (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
    Object.fromEntries(names.map((name) => [`@${name}`, row[name] ?? null])),
  );
  return String(row.INTERNALID);
}

const ids = (patients: readonly Patient[]) => patients.map(({ pmsId }) => pmsId);

const all: Selection = {
  status: {},
  title: {},
  firstName: {},
  middleName: {},
  lastName: {},
  preferredName: {},
  birthDate: {},
  sex: {},
  address: {},
  postalAddress: {},
  homePhone: {},
  workPhone: {},
  mobilePhone: {},
  email: {},
  medicare: {},
  dva: {},
  ihi: {},
  usualUser: {},
};

/** Read only. */
const untouched = open();

test.each(Object.keys(all))('%s alone is what it is among all fields', async (field) => {
  const { data } = untouched;
  const whole = await data.patients({ fields: all });
  const alone = await data.patients({ fields: { [field]: {} } });
  expect(alone.length).toBeGreaterThan(80);
  const key = (field === 'usualUser' ? 'usualUserId' : field) as keyof Patient;
  expect(alone.map((patient) => patient[key])).toEqual(whole.map((patient) => patient[key]));
  expect(whole.some((patient) => patient[key] !== null)).toBe(true);
});

test('codes are read by their texts, never by number', async () => {
  for (const [bpSiteId, female] of [
    ['1001', 1],
    ['1002', 2],
  ] as const) {
    const connection = connectSandbox(bpSiteId, { patients: 10, daysBack: 1, daysAhead: 1 });
    const { data } = createSqlPassthrough(connection);
    const row = {
      SEXCODE: female,
      DVACODE: 1,
      DVANO: 'NX 12345',
      DATEOFDEATH: '2026-01-01T00:00:00',
      TITLECODE: 4,
    };
    const id = add(connection, row);
    const [found] = await data.patients({ ids: [id], fields: all });
    expect(found).toMatchObject({
      sex: 'FEMALE',
      status: 'DECEASED',
      title: 'Miss',
      dva: { number: 'NX 12345', type: 'Gold' },
    });
  }
});

test('an empty record has null fields', async () => {
  const { connection, data } = open();
  const id = add(connection, { PATIENTSTATUS: 77, SEXCODE: 0 });
  const [found] = await data.patients({ ids: [id], fields: all });
  const { pmsId, sex, ...rest } = found as Patient;
  expect([pmsId, sex]).toEqual([id, 'UNKNOWN']);
  expect(new Set(Object.values(rest))).toEqual(new Set([null]));
});

test('cards are read with blanks in any place', async () => {
  const { connection, data } = open();
  const id = add(connection, {
    MEDICARENO: '2123 45670 1',
    MEDICARELINENO: '3',
    MEDICAREEXPIRY: '9/2028',
    IHI: '8003608166690503',
  });
  const [found] = await data.patients({ ids: [id], fields: all });
  expect(found).toMatchObject({
    medicare: { number: '2123456701', individualReferenceNumber: '3', expiry: '09/2028' },
    ihi: '8003608166690503',
  });
  expect(ids(await data.patients({ search: { medicareNumber: '2123456701' }, fields: {} }))).toEqual([id]);
});

test('each word begins one of the names; case does not matter', async () => {
  const { connection, data } = open();
  const id = add(connection, {
    FIRSTNAME: 'Xanthippe',
    MIDDLENAME: 'Qwz',
    SURNAME: "O'Zzyzx",
    PREFERREDNAME: 'Zippy',
  });
  const find = async (name: string) => ids(await data.patients({ search: { name }, fields: {} }));
  for (const name of ['xanth', 'XANTHIPPE', "o'zzy", 'zip', 'qwz', "zip o'zzyzx xan", '  xanth   qwz ']) {
    expect(await find(name)).toEqual([id]);
  }
  expect(await find('anthippe')).toEqual([]);
  expect(await find('xanth nobody')).toEqual([]);
});

describe.each(nameCases)('B1, B2: $names', ({ names, finds, findsNot }) => {
  const connection = connectSandbox('1001', { patients: 1, daysBack: 1, daysAhead: 1 });
  const { data } = createSqlPassthrough(connection);
  const id = add(connection, {
    FIRSTNAME: names.firstName ?? null,
    MIDDLENAME: names.middleName ?? null,
    PREFERREDNAME: names.preferredName ?? null,
    SURNAME: names.lastName ?? null,
  });
  const isFound = async (name: string, others: PatientSearch = {}) =>
    ids(await data.patients({ search: { name, ...others }, limit: 51, fields: {} })).includes(id);
  test.each(finds)('is found by %j', async (name) => expect(await isFound(name)).toBe(true));
  test.each(findsNot)('is not found by %j', async (name) => expect(await isFound(name)).toBe(false));
});

test('the database folds names as `name-words.ts` does, whatever its collation', async () => {
  const connection = connectSandbox('1001', { patients: 1, daysBack: 1, daysAhead: 1 });
  const { data } = createSqlPassthrough(connection);
  // Stored text has no soft hyphen.
  const letters = [...windows1252].filter((character) => character !== '\u00ad');
  const unit = fc.oneof(fc.constantFrom(...letters), fc.constantFrom(..."aeoAEOßøþé’' -"));
  const name = fc.string({ unit, minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(name, name, name, async (FIRSTNAME, SURNAME, search) => {
      connection.database.run('DELETE FROM PATIENTS');
      add(connection, { FIRSTNAME, SURNAME });
      for (const searched of [search, search.slice(0, 2), SURNAME, `${SURNAME} ${FIRSTNAME}`]) {
        const found = await data.patients({ search: { name: searched }, fields: {} });
        const words = searchWords(searched);
        expect(found.length, `${searched}: ${FIRSTNAME} ${SURNAME}`).toBe(
          isFoundBy(words, [FIRSTNAME, SURNAME]) ? 1 : 0,
        );
      }
    }),
    { numRuns: 150 },
  );
});

test('metacharacters mean nothing in a search, and change nothing', async () => {
  const { connection, data } = open();
  const odd = ['%x', '_x', '[a-z]x', '!x', "'x", '\\x', '^x', ']x', '--x'];
  const added = odd.map((FIRSTNAME) => add(connection, { FIRSTNAME, SURNAME: 'Zzyzx' }));
  const count = () => connection.database.all('SELECT COUNT(*) AS n FROM PATIENTS');
  const before = count();
  for (const name of odd.map((each) => `${each} zzyzx`)) {
    const found = ids(await data.patients({ search: { name }, fields: {} }));
    expect(found.toSorted()).toEqual(name.startsWith('[a-z]') ? [added[2]] : added.toSorted());
  }
  const attacks = [
    "'; DELETE FROM PATIENTS; --",
    "' OR 1 = 1 --",
    '%%',
    '__',
    '[^jx]',
    '" OR ""="',
    '@name0',
  ];
  for (const attack of attacks) {
    const searches: PatientSearch[] = [{ name: attack }, { email: attack }];
    for (const search of searches) expect(await data.patients({ search, fields: {} })).toEqual([]);
  }
  expect(count()).toEqual(before);
});

test.each(['0491 570 006', '(04) 9157-0006', '+61491570006', '+61 491570006', '61491570006', '0491570006'])(
  'a phone that is kept as %s is found',
  async (stored) => {
    const { connection, data } = open(10);
    connection.database.run('DELETE FROM PATIENTS');
    const added = ['HOMEPHONE', 'WORKPHONE', 'MOBILEPHONE'].map((column, index) =>
      add(connection, { [column]: stored, SURNAME: `Zz${index}` }),
    );
    add(connection, { HOMEPHONE: '0491570007' });
    expect(ids(await data.patients({ search: { phone: '0491570006' }, fields: {} }))).toEqual(added);
  },
);

test('by e-mail address in any case, current addresses only', async () => {
  const { connection, data } = open();
  const id = add(connection, {});
  connection.database.run(
    `INSERT INTO EMAIL (RECORDID, RECORDSTATUS, INTERNALID, EMAILCODE, EMAIL) VALUES (90001, 2, ${id}, 0, 'old@example.com'), (90002, 1, ${id}, 0, 'Zoe@Example.com'), (90003, 1, ${id}, 1, 'second@example.com')`,
  );
  const find = async (email: string) =>
    (await data.patients({ search: { email }, fields: { email: {} } })).map((found) => [
      found.pmsId,
      found.email,
    ]);
  expect(await find('zoe@EXAMPLE.com')).toEqual([[id, 'Zoe@Example.com']]);
  expect(await find('second@example.com')).toEqual([[id, 'Zoe@Example.com']]);
  expect(await find('old@example.com')).toEqual([]);
});

test('by birth date, together with a name', async () => {
  const { connection, data } = open();
  const born = (DOB: string, FIRSTNAME: string) => add(connection, { DOB, FIRSTNAME, SURNAME: 'Zzyzx' });
  const first = born('1888-02-28T00:00:00', 'Ada');
  const second = born('1888-02-28T00:00:00', 'Bea');
  born('1888-02-29T00:00:00', 'Ada');
  const find = async (search: PatientSearch) => ids(await data.patients({ search, fields: {} }));
  expect(await find({ birthDate: '1888-02-28' })).toEqual([first, second]);
  expect(await find({ birthDate: '1888-02-28', name: 'bea' })).toEqual([second]);
  expect(await find({ birthDate: '0999-01-01' })).toEqual([]);
});

test('deleted records never appear, inactive and deceased ones do', async () => {
  const { connection, data } = open();
  const inactive = add(connection, { PATIENTSTATUS: 2, SURNAME: 'Zzyzx', FIRSTNAME: 'A' });
  const deceased = add(connection, { PATIENTSTATUS: 3, SURNAME: 'Zzyzx', FIRSTNAME: 'B' });
  const deleted = add(connection, { RECORDSTATUS: 2, SURNAME: 'Zzyzx', FIRSTNAME: 'C' });
  const found = await data.patients({ search: { name: 'Zzyzx' }, fields: { status: {} } });
  expect(found.map(({ pmsId, status }) => [pmsId, status])).toEqual([
    [inactive, 'INACTIVE'],
    [deceased, 'DECEASED'],
  ]);
  expect(await data.patients({ ids: [deleted], fields: {} })).toEqual([]);
});

test('going on after a patient gives every patient once, those without names too, though others are added', async () => {
  const { connection, data } = open(30);
  for (const names of [
    {},
    { SURNAME: 'Aa' },
    { FIRSTNAME: 'Aa' },
    {},
    { SURNAME: 'Same', FIRSTNAME: 'Same' },
    { SURNAME: 'same', FIRSTNAME: 'same' },
  ]) {
    add(connection, names);
  }
  const before = ids(await data.patients({ fields: {} }));
  const seen: string[] = [];
  for (let pages = 0; pages < 200; pages += 1) {
    const last = seen.at(-1);
    const page = await data.patients({ limit: 1, fields: {}, ...(last && { afterId: last }) });
    if (page.length === 0) break;
    seen.push(...ids(page));
    // Nameless ones come first: by now, before the place that was reached.
    if (pages > 10) add(connection, {});
  }
  expect(seen).toEqual(before);
});

test('a list of ids longer than a statement comes back in the order of names', async () => {
  const { connection, data } = open(1_300);
  const whole = await data.patients({ fields: { firstName: {}, lastName: {} } });
  connection.sent.length = 0;
  const found = await data.patients({ ids: ids(whole).toReversed(), fields: {} });
  expect(connection.sent.length).toBe(2);
  expect(ids(found)).toEqual(ids(whole));
});
