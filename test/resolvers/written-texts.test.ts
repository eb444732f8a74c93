/** Every text input of every mutation, as the schema lists them: what a practice cannot store is never sent to it. */
import fc from 'fast-check';
import { getNamedType, isInputObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { PracticeWrites } from '../../src/datasources/practice/write-port.ts';
import { schema } from '../../src/schema/index.ts';
import { fitsWindows1252 } from '../../src/text/windows-1252.ts';
import { fakeHalo, siteRecord } from './fake-halo.ts';

/** `kept`: stored as it is given. `form`: only texts of a certain form are taken. Else: why the rule does not apply. */
type Rule = 'kept' | 'form' | { readonly not: string };

const key: Rule = { not: 'a key of the caller, which no practice stores' };
const sql: Rule = { not: 'SQL of the caller, sent as it is' };

const addressLines = { line1: 'kept', suburb: 'kept', postcode: 'form' } as const;
const patientTexts: Readonly<Record<string, Rule>> = {
  title: 'kept',
  firstName: 'kept',
  middleName: 'kept',
  lastName: 'kept',
  preferredName: 'kept',
  homePhone: 'form',
  workPhone: 'form',
  mobilePhone: 'form',
  email: 'form',
  ...under('address', { ...addressLines, line2: 'kept' }),
  ...under('postalAddress', addressLines),
  ...under('medicare', { number: 'form', individualReferenceNumber: 'form', expiry: 'form' }),
  ...under('dva', { number: 'form' }),
};
const command: Readonly<Record<string, Rule>> = {
  text: sql,
  catalogue: sql,
  'parameters.name': sql,
  'parameters.type': sql,
  'parameters.value': sql,
};

const rules: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  bookAppointment: { reason: 'kept', idempotencyKey: key },
  updateAppointment: { reason: 'kept' },
  moveAppointment: {},
  cancelAppointment: {},
  arriveAppointment: {},
  addPatient: { ...patientTexts, idempotencyKey: key },
  updatePatient: patientTexts,
  updateUser: { email: 'form', phone: 'form' },
  addUserDaysAway: { reason: 'kept', idempotencyKey: key },
  removeUserDaysAway: {},
  setClinicHours: {},
  addDaysClosed: { reason: 'kept', idempotencyKey: key },
  removeDaysClosed: {},
  pairSite: { pairingCode: 'kept' },
  runSql: under('command', command),
  startSqlQuery: under('command', command),
  registerSqlQuery: { ...under('command', command), name: sql },
  cancelRegisteredSqlQuery: {},
};

function under(field: string, texts: Readonly<Record<string, Rule>>): Readonly<Record<string, Rule>> {
  return Object.fromEntries(Object.entries(texts).map(([path, rule]) => [`${field}.${path}`, rule]));
}

function textsOf(type: unknown, path = ''): readonly string[] {
  if (!isInputObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    const at = path === '' ? field.name : `${path}.${field.name}`;
    return named.name === 'String' ? [at] : textsOf(named, at);
  });
}

test('every text input of every mutation has its rule', () => {
  const listed = Object.values(schema.getMutationType()?.getFields() ?? {}).map((mutation) => [
    mutation.name,
    mutation.args.flatMap(({ type }) => textsOf(getNamedType(type))).toSorted(),
  ]);
  expect(Object.fromEntries(listed)).toEqual(
    Object.fromEntries(Object.entries(rules).map(([name, texts]) => [name, Object.keys(texts).toSorted()])),
  );
});

const bpSiteId = '1001';
const person = { bpSiteId, firstName: 'Sample', lastName: 'Newcomer', birthDate: '1990-05-06' };
const inputs: Readonly<Record<string, object>> = {
  bookAppointment: { bpSiteId, userId: '3', patientId: '5', start: '2026-11-23T14:00:00+10:30' },
  updateAppointment: { bpSiteId, appointmentId: '60' },
  addPatient: person,
  updatePatient: { bpSiteId, patientId: '5', title: 'Mx' },
  updateUser: { bpSiteId, userId: '3', takesAppointments: false },
  addUserDaysAway: { bpSiteId, userId: '3', from: '2027-03-01' },
  addDaysClosed: { bpSiteId, from: '2027-03-01' },
  pairSite: { pmsSiteId: '1001', pairingCode: 'SANDBX' },
};
/** What else such an object needs. */
const besides: Readonly<Record<string, object>> = {
  medicare: { number: '2123456701' },
  dva: { type: 'GOLD' },
};

/** Sends the mutation with this text. Returns its issues and everything that the practice received. */
async function send(mutation: string, path: string, text: string) {
  const received: unknown[] = [];
  const receive = async (change: unknown) => {
    received.push(change);
    return { patientId: '5', appointmentId: '60', appointment: null, refusedStatus: null };
  };
  const writes = new Proxy(
    {},
    {
      ownKeys: () => methods,
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
      get: () => receive,
    },
  );
  const methods: (keyof PracticeWrites)[] = [
    'bookAppointment',
    'updateAppointment',
    'addPatient',
    'updatePatient',
    'updateUser',
    'addDayAway',
    'addDayClosed',
  ];
  const { execute } = fakeHalo({
    practices: {
      [bpSiteId]: {
        writes: writes as PracticeWrites,
        data: { daysAway: async () => [], daysClosed: async () => [] },
      },
    },
    session: {
      pair: async (pairing) => {
        received.push(pairing);
        return siteRecord(pairing.pmsSiteId);
      },
    },
  });
  const [first = '', second] = path.split('.');
  const input = {
    ...inputs[mutation],
    [first]: second === undefined ? text : { ...besides[first], [second]: text },
  };
  const type = `${mutation.slice(0, 1).toUpperCase()}${mutation.slice(1)}Input!`;
  const answer = await execute(
    `mutation ($input: ${type}) { result: ${mutation}(input: $input) { ... on InvalidInput { issues { path } } } }`,
    { input },
  );
  const issues: readonly { readonly path: readonly string[] }[] = answer.data?.result?.issues ?? [];
  return { received, issues: issues.map((issue) => issue.path.slice(1).join('.')) };
}

const written = Object.entries(rules).flatMap(([mutation, texts]) =>
  Object.entries(texts).flatMap(([path, rule]) =>
    typeof rule === 'string' ? [{ mutation, path, rule }] : [],
  ),
);
const kept = written.filter(({ rule }) => rule === 'kept');

describe.each(kept)('D2, D9: $mutation $path', ({ mutation, path }) => {
  test.each([
    ['a letter that the code page lacks', 'Lệ'],
    ['an emoji', 'Ann 🙂'],
    ['a zero character', 'Ann\u0000'.concat('e')],
    ['an escape character', 'A\u001bB'],
    ['a line break', 'Ann\nMarie'],
    ['a paragraph separator', 'Ann\u2029Marie'],
    ['a replacement character', 'Zo\ufffd'],
    ['501 characters', 'x'.repeat(501)],
  ])('refuses %s', async (_what, text) => {
    const { received, issues } = await send(mutation, path, text);
    expect(issues).toEqual([path]);
    expect(received).toEqual([]);
  });

  test('is written composed, without invisible characters, with single blanks', async () => {
    const { received, issues } = await send(mutation, path, ' \ufeffZoe\u0308\u200b \u00a0 A\u202em ');
    expect(issues).toEqual([]);
    expect(textsIn(received)).toContain('Zoë Am');
  });
});

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const odd = fc.constantFrom(
  ...'\u0000\u0007\t\n\r\u0085\u00a0\u00ad\u0301\u200b\u200f\u2028\u202e\u3000\ufeff\ufffd',
  'ệ',
  'Ł',
  'Я',
  '🙂',
  '\ud83d',
  '’',
  'é',
  ' ',
);
const hostile = fc
  .array(
    fc.oneof(
      odd,
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom('Ann', '0491570006', '@example.com', '20'),
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(''));

test.each(written)(
  'D9: $mutation $path is refused with its path, or stored as it is sent',
  async ({ mutation, path }) => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const { received, issues } = await send(mutation, path, text);
        if (issues.length > 0) {
          expect(received).toEqual([]);
          expect(issues.every((issue) => issue === '' || path.startsWith(issue))).toBe(true);
          return;
        }
        for (const sent of textsIn(received)) {
          expect(fitsWindows1252(sent)).toBe(true);
          expect(sent).toMatch(/^(\S+( \S+)*)?$/u);
          expect(sent).not.toMatch(/\p{C}/u);
          expect(sent.length).toBeLessThanOrEqual(500);
        }
      }),
      { numRuns: 12 },
    );
  },
);
