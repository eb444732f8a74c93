/** The facade's own schema: the saved operations and random ones, run by graphql-js and by the compiled operation. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type DocumentNode, Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { GraphContext } from '../../src/context.ts';
import type { Selection } from '../../src/datasources/domain/selection.ts';
import type { PracticeData } from '../../src/datasources/practice/port.ts';
import { openPractices } from '../../src/datasources/practice/practices.ts';
import { prepareOperation } from '../../src/engine/executor/prepare-operation.ts';
import { NotFound, SiteUnavailable } from '../../src/errors.ts';
import { graphiqlTabs } from '../../src/http/graphiql-tabs.ts';
import { createAnswerBudget } from '../../src/limits/answer-budget.ts';
import { schema } from '../../src/schema/index.ts';
import { everyScope } from '../../src/scopes.ts';
import { randomOperation } from '../price/random-operation.ts';
import { guid, now, patient, practiceData, siteRecord, user, zone } from '../resolvers/fake-halo.ts';
import { expectSameAnswers } from './same-answers.ts';

/** The selected fields of appointments. */
const selections: Selection[] = [];

const ports: Readonly<Record<string, () => Partial<PracticeData>>> = {
  '1001': () => {
    const data = practiceData();
    return {
      ...data,
      // As the sources do it, for most rows; the others are left to the loaders.
      appointments: async (query) => {
        selections.push(query.fields);
        return (await data.appointments(query)).map((row, index) =>
          index % 3 === 0 ? row : { ...row, patient: patient(index), user: index % 5 ? user(1) : null },
        );
      },
    };
  },
  '1002': () => ({
    ...practiceData(),
    patients: () => Promise.reject(new SiteUnavailable()),
    locations: () => Promise.reject(new TypeError('A bug.')),
  }),
};

/** A context with practices in memory. Each execution needs its own. */
function context(scopes: readonly string[]): GraphContext {
  const connect = (bpSiteId: string) => ({
    pms: 'BEST_PRACTICE',
    bpSiteId,
    haloGuid: guid,
    pinned: false,
    practiceName: 'Sandbox Wattle Practice',
    pmsVersion: '1.12.0',
    zoneOf: () => zone,
    now: () => now,
    today: () => '2026-11-23',
  });
  const session = {
    practice: async (_pms: string, id: string) => {
      if (!ports[id]) throw new NotFound();
      return connect(id);
    },
    pinned: () => connect('1001'),
    sites: async () => [siteRecord('1001')],
    site: async () => siteRecord('1001'),
    notices: () => [],
    countBatched: () => {},
    beginChange: () => {},
  };
  const route = ({ bpSiteId }: { readonly bpSiteId: string }) => ({
    data: ports[bpSiteId]?.(),
    capabilities: async () => ({ operations: [], fhirVersion: '4.0.1', serverVersion: null }),
  });
  return {
    caller: { name: 'tester', scopes, practices: 'all' },
    environment: 'sandbox',
    listed: ['1001', '1002'],
    session,
    practices: openPractices(session as never, route as never),
    budget: createAnswerBudget(1_000_000),
    report: () => {},
  } as unknown as GraphContext;
}

const same = (
  text: string,
  variables: Record<string, unknown>,
  operationName?: string,
  scopes: readonly string[] = everyScope,
) =>
  expectSameAnswers({
    schema,
    text,
    variables,
    ...(operationName && { operationName }),
    context: () => context(scopes),
  });

const queriesIn = ({ definitions }: DocumentNode) =>
  definitions.flatMap((each) =>
    each.kind === Kind.OPERATION_DEFINITION && each.operation === 'query' ? [each.name?.value] : [],
  );

const folder = new URL('../../examples/operations/', import.meta.url);
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.graphql'))
  .map((name) => [name, readFileSync(new URL(name, folder), 'utf8'), '{}'] as const);
const tabs = graphiqlTabs(now).map(
  ({ query, variables }, index) => [`tab ${index}`, query, variables] as const,
);

describe('compiled, the facade answers the same', () => {
  it.each([...examples, ...tabs])('to %s', async (_name, text, given) => {
    for (const operationName of queriesIn(parse(text))) {
      const variables = {
        bpSiteId: '1001',
        bpSiteIds: ['1001', '1002', 'none'],
        pmsSiteId: '1001',
        haloGuid: guid,
        patientId: '7',
        userId: '1',
        queryId: guid,
        date: '2026-11-23',
        from: '2026-11-23',
        to: '2026-11-29',
        search: { name: 'inv' },
        first: 20,
        ...JSON.parse(given),
      };
      await same(text, variables, operationName);
      await same(text, { ...variables, bpSiteId: '1002' }, operationName, [
        'appointments:read',
        'users:read',
      ]);
    }
  });

  it('to anything', async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), fc.subarray([...everyScope], { minLength: 5 }), async (generate, scopes) => {
        const { query, variables } = randomOperation(generate);
        await same(query, variables, undefined, scopes);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('to one caller after another what each may read', async () => {
    const text = `{ practice(bpSiteId: "1001") { ... on Practice { appointments(from: "2026-11-23") { ... on AppointmentConnection {
      nodes { id patient { fullName } user { displayName } location { name } } } } } } }`;
    const all = await same(text, {});
    const some = await same(text, {}, undefined, ['appointments:read', 'users:read']);
    // Of some appointments the user is not recorded any more.
    expect(new Set(all.errors?.map(({ path }) => path?.at(-1)))).toEqual(new Set(['user']));
    expect(new Set(some.errors?.map(({ path }) => path?.at(-1)))).toEqual(
      new Set(['patient', 'location', 'user']),
    );
  });

  it('and one prepared operation fetches what each caller may read, whichever caller ran it before', async () => {
    const text = `{ practice(bpSiteId: "1001") { ... on Practice { appointments(from: "2026-11-23") { ... on AppointmentConnection {
      nodes { pmsId patient { fullName } user { displayName } } } } } } }`;
    const prepared = prepareOperation(schema, parse(text), undefined, { compileAfter: 0 });
    const fetched = async (scopes: readonly string[]): Promise<string[]> => {
      selections.length = 0;
      await prepared?.execute(context(scopes), {});
      return Object.keys(selections[0] ?? {});
    };
    for (const _time of ['first', 'second']) {
      expect(await fetched(everyScope)).toEqual(['pmsId', 'patient', 'user']);
      expect(await fetched(['appointments:read', 'users:read'])).toEqual(['pmsId', 'user']);
      expect(await fetched(['appointments:read'])).toEqual(['pmsId']);
    }
  });
});
