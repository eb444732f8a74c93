/** The same question through flat fields and through unions: the same data, the same errors, the same cost. */
import fc from 'fast-check';
import { parse, TypeInfo, validate, visit, visitWithTypeInfo } from 'graphql';
import { afterAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/server/start.ts';
import type { SourcePreference } from '../../src/datasources/domain/pms.ts';
import { documentLimits, limitRule } from '../../src/limits/document-rules.ts';
import { priceOf } from '../../src/price/price-of.ts';
import { schema } from '../../src/schema/index.ts';
import { type Facade, openFacade } from '../open-facade.ts';
import { sandboxToday } from '../sandbox-today.ts';
import { compareAnswers, flatNames, flattened, withoutErrors } from './flattened.ts';
import { randomOperation } from './random-operation.ts';

const runs = Number(process.env.PRICE_RUNS ?? 40);

test('every read of a practice, patient, user or site that answers a union has its flat field', () => {
  expect([...flatNames(schema)].map(([union, flat]) => `${union} ${flat}`).sort()).toEqual([
    'Patient.appointments appointmentsConnection',
    'Practice.appointment appointmentOrNull',
    'Practice.appointmentChanges appointmentChangesOrNull',
    'Practice.appointmentTypes appointmentTypesOrNull',
    'Practice.appointments appointmentsConnection',
    'Practice.availableSlots availableSlotsOrNull',
    'Practice.clinicHours clinicHoursOrNull',
    'Practice.daysClosed daysClosedOrNull',
    'Practice.locations locationsConnection',
    'Practice.patient patientOrNull',
    'Practice.patients patientsConnection',
    'Practice.user userOrNull',
    'Practice.users usersConnection',
    'Query.practice practice',
    'Query.site site',
    'Site.capabilities capabilitiesOrNull',
    'User.appointments appointmentsConnection',
    'User.availableSlots availableSlotsOrNull',
    'User.daysAway daysAwayOrNull',
    'User.sessions sessionsOrNull',
  ]);
});

interface FlatRead {
  readonly query: string;
  readonly variables: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** It starts to watch a book, and what the next read of the book costs depends on what the watch has seen by then. */
const polledField = 'appointmentChanges';

/** Runs both shapes. Returns the number of failures and the charged calls. */
async function executeBoth(
  facade: Facade,
  source: SourcePreference,
  { query, variables, headers = {} }: FlatRead,
  flatFacade = facade,
) {
  const flat = flattened(schema, query);
  const prices = [query, flat].map(
    (each) => priceOf(schema, parse(each), null, { ...variables }, { source, viewerPractices: 0 }).total,
  );
  expect(prices[1], flat).toBe(prices[0]);
  // Cached facts about a practice, such as its sources, are cached for both shapes or for neither. If two calls fail
  // at the same time, one of them may find the circuit breaker open. Then the cost is random.
  if (flatFacade === facade) await facade.execute(query, variables, headers);
  const inUnions = await facade.execute(query, variables, headers);
  const inFlat = await flatFacade.execute(flat, variables, headers);
  const { different, failures } = compareAnswers(inUnions.data, inFlat.data);
  expect(different, flat).toEqual([]);
  if (flatFacade === facade && !query.includes(polledField)) {
    expect(inFlat.cost.charged, flat).toBe(inUnions.cost.charged);
    expect(inFlat.calls.toSorted(), flat).toEqual(inUnions.calls.toSorted());
  }
  const errorsByPath = new Map(
    inFlat.errors?.map(({ path = [], extensions }) => [`.${path.join('.')}`, extensions]),
  );
  for (const [path, type] of failures) {
    // A union has `UpstreamFailed` for what none of its members names.
    if (type !== 'UpstreamFailed') expect(errorsByPath.get(path), flat).toMatchObject({ type });
    expect(errorsByPath.get(path), flat).toHaveProperty('retryable');
  }
  expect(errorsByPath.size - failures.size, flat).toBe(inUnions.errors?.length ?? 0);
  return { failed: failures.size, charged: inFlat.cost.charged };
}

/** Questions whose cost depends on the selection below them. */
const book = 'appointments(from: "2026-11-24") { __typename ... on AppointmentConnection';
const known = {
  'a day book with patients, users and places': `${book} { nodes { start patient { fullName } user { displayName role } location { name } } } }`,
  'users with their books': `users(takesAppointments: true) { __typename ... on UserConnection {
    nodes { displayName ${book} { nodes { start patient { fullName } } } } } } }`,
  'a user with a book, sessions and free times': `user(pmsId: "2") { __typename ... on User { displayName providerNumbers { number }
    ${book} { edges { cursor node { start } } } }
    sessions { __typename ... on Sessions { nodes { day } } }
    availableSlots(from: "2026-11-24") { __typename ... on AvailableSlots { slots { start } } } } }`,
  'a patient with appointments': `patient(pmsId: "1") { __typename ... on Patient { fullName
    appointments { __typename ... on AppointmentConnection { nodes { start user { displayName } } } } } }`,
  'hours, days and places': `clinicHours { __typename ... on ClinicHours { source } }
    daysClosed(from: "2026-01-01", to: "2026-12-31") { __typename ... on DaysClosed { nodes { reason } } }
    locations { __typename ... on LocationConnection { nodes { name clinicHours { source } } } }`,
};

/** Of the fields that have a flat one beside them, those that a query selects. */
function flatFieldsOf(query: string): Set<string> {
  const names = flatNames(schema);
  const types = new TypeInfo(schema);
  const found = new Set<string>();
  visit(
    parse(query),
    visitWithTypeInfo(types, {
      Field({ name: { value } }) {
        const coordinate = `${types.getParentType()?.name}.${value}`;
        if (names.has(coordinate)) found.add(coordinate);
      },
    }),
  );
  return found;
}

/** A random selection that the server would execute, without the fields below errors. */
function randomSelection(generate: fc.GeneratorValue): FlatRead {
  const { query: random, variables } = randomOperation(generate);
  // A heartbeat is another a moment later.
  const query = withoutErrors(schema, random).replaceAll('lastHeartbeatAt', 'haloGuid');
  for (const each of [query, flattened(schema, query)]) {
    expect(validate(schema, parse(each)), each).toEqual([]);
    fc.pre(validate(schema, parse(each), [limitRule(documentLimits)]).length === 0);
  }
  return { query, variables };
}

test('random selections reach every flat field but few', () => {
  const used = new Set<string>();
  const selects = fc.property(fc.gen(), (generate) => {
    for (const name of flatFieldsOf(randomSelection(generate).query)) used.add(name);
  });
  // A sample: always the same.
  fc.assert(selects, { numRuns: 150, seed: 1 });
  expect(flatNames(schema).size - used.size, [...used].join(' ')).toBeLessThanOrEqual(3);
});

describe.each(['auto', 'sql-passthrough', 'bp-premier'] as const)('by %s', (source) => {
  // A busy machine must not cut one of two equal operations short.
  const facade = openFacade({ source, deadlineMs: 100_000 });
  afterAll(() => facade.close());

  test.each(Object.entries(known))('%s', async (_name, fields) => {
    const query = `{ practice(bpSiteId: "1001") { __typename ... on Practice { name ${fields} } } }`;
    await executeBoth(facade, source, { query, variables: {} });
  });

  test('a random selection in both shapes', async () => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (generate) => {
        read += (await executeBoth(facade, source, randomSelection(generate))).charged;
      }),
      { numRuns: runs, endOnFailure: true },
    );
    expect(read).toBeGreaterThan(0);
  }, 240_000);

  test('the changes of a book cost the same in both shapes, each at a server that has not read the book', async () => {
    const sandbox = await startSandbox({ today: sandboxToday });
    const inPractice = (field: string) =>
      `{ practice(bpSiteId: "1001") { __typename ... on Practice { name ${field} } } }`;
    const union = inPractice(
      `${polledField}(from: "2026-11-24") { __typename ... on AppointmentChanges { changes { appointment { start } } } }`,
    );
    const charged: [number, readonly string[]][] = [];
    for (const query of [union, flattened(schema, union)]) {
      const own = openFacade({ source, baseUrl: sandbox.url, deadlineMs: 100_000 });
      await own.execute(inPractice(known['hours, days and places']));
      const { cost, calls } = await own.execute(query);
      charged.push([cost.charged, calls.toSorted()]);
      await own.close();
    }
    await sandbox.close();
    expect(charged[0]?.[0]).toBeGreaterThan(0);
    expect(charged[1]).toEqual(charged[0]);
  });

  test.each(['offline', 'gone', 'quota', 'error-in-200', '500'])(
    'every read fails alike when its practice answers with the fault %s',
    async (fault) => {
      const headers = { 'x-sandbox-fault': `1001:${fault}` };
      let failures = 0;
      for (const fields of Object.values(known)) {
        const query = `{ practice(bpSiteId: "1001") { __typename ... on Practice { name ${fields} } } }`;
        // Failed calls are cached too, so the shapes must not share them.
        const [one, other] = [
          openFacade({ source, deadlineMs: 100_000 }),
          openFacade({ source, deadlineMs: 100_000 }),
        ];
        failures += (await executeBoth(one, source, { query, variables: {}, headers }, other)).failed;
        await Promise.all([one.close(), other.close()]);
      }
      expect(failures).toBeGreaterThan(0);
    },
  );
});
