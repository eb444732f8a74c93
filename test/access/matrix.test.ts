/** Every field and every mutation, with each missing scope and with exactly the required scopes. Generated from the schema. */
import { type GraphQLObjectType, isObjectType } from 'graphql';
import { afterAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/server/start.ts';
import { schema } from '../../src/schema/index.ts';
import { everyScope, type Scope } from '../../src/scopes.ts';
import type { Answer } from '../open-facade.ts';
import { sandboxToday } from '../sandbox-today.ts';
import { byId, coordinateOf, type Step, scopesOfWay, steps, wayTo } from './coordinates.ts';
import { scopesOfField, scopesOfType } from './expected-scopes.ts';
import { answersAt, questionFor, type Values } from './question.ts';
import { openSecuredFacade, worthless } from './secured-facade.ts';
import { failing, formerGuid, prepareWholePractice, toFailure } from './whole-practice.ts';

const sandbox = await startSandbox({ today: sandboxToday });
const secured = await openSecuredFacade({
  baseUrl: sandbox.url,
  practices: [
    {
      bpSiteId: '1005',
      name: 'Sandbox Tramline Practice',
      timeZone: 'Australia/Melbourne',
      haloGuid: formerGuid,
    },
  ],
});
afterAll(async () => {
  await secured.close();
  await sandbox.close();
});
const { facade, bearer } = secured;
const { ids, values } = await prepareWholePractice(sandbox, facade, await bearer({}));
const refusedCredentials = await worthless(secured);
const practices = ['1001', '1005'];
const without = (scope: Scope) => everyScope.filter((each) => each !== scope);

const plain = steps.filter((step) => !byId.has(coordinateOf(step)));
const valuesOf = (way: readonly Step[]): Values => {
  const failure = way.at(-1)?.parent.name ?? '';
  return toFailure.has(failure) ? { ...values, ...failing[failure] } : values;
};

/** Errors, and failures as data, about missing scopes: the names of their fields. */
function refusals(answer: Answer, way: readonly Step[], scope: Scope): readonly string[] {
  const asErrors = (answer.errors ?? [])
    .filter(({ extensions, message }) => extensions?.code === 'ACCESS_DENIED' && message.includes(scope))
    .map(({ path = [] }) => String(path.findLast((key) => typeof key === 'string')));
  const asData = way
    .filter((_step, index) =>
      answersAt(answer.data, way.slice(0, index + 1)).some(
        (it) =>
          it?.__typename === 'AccessDenied' && it.reason === 'SCOPE_MISSING' && it.message.includes(scope),
      ),
    )
    .map(({ field }) => field.name);
  return [...new Set([...asErrors, ...asData])];
}

async function turnsAway(document: string): Promise<void> {
  const before = secured.calls();
  for (const [name, headers] of refusedCredentials) {
    const response = await facade.yoga.fetch('http://facade.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: document }),
    });
    expect(response.status, name).toBe(401);
    expect(response.headers.get('www-authenticate'), name).toMatch(/^Bearer/);
    const body = (await response.json()) as object;
    expect(body, name).not.toHaveProperty('data');
    expect(body, name).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  }
  expect(secured.calls()).toBe(before);
}

describe.each(plain.map((step) => [coordinateOf(step), step] as const))('%s', (coordinate, step) => {
  const way = () => wayTo(step, toFailure);
  const question = async () => questionFor(way(), valuesOf(way()));

  test('is refused without a credential', async () => {
    await turnsAway(await question());
  });

  test('is refused without any one of its scopes, before any upstream request', async () => {
    const document = await question();
    for (const scope of scopesOfWay(way())) {
      const at = way().findIndex((each) => scopesOfField(each.parent.name, each.field).includes(scope));
      const headers = await bearer({ scopes: without(scope), practices });
      const answer = await facade.execute(document, {}, headers);
      expect(refusals(answer, way(), scope), `${coordinate} without ${scope}`).toEqual([
        way()[at]?.field.name,
      ]);
      expect(answersAt(answer.data, way()).filter((it) => it && it.__typename !== 'AccessDenied')).toEqual(
        [],
      );
      const sooner = await questionFor(way().slice(0, at), valuesOf(way()));
      const before = at === 0 ? [] : (await facade.execute(sooner, {}, headers)).calls;
      expect(answer.calls, `${coordinate} without ${scope}`).toHaveLength(before.length);
    }
  });

  test('is not found for a caller of another practice', async () => {
    const document = await question();
    const [root] = way();
    const { data, calls, errors, text } = await facade.execute(
      document,
      {},
      await bearer({ practices: ['1002'] }),
    );
    expect(text).not.toMatch(/Wattle|Tramline/);
    if (coordinate === 'Viewer.practice' || coordinate === 'Viewer.site') {
      expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', type: 'NotFound' } }]);
      expect(answersAt(data, way())).toEqual([null]);
      return;
    }
    expect(errors).toBeUndefined();
    if (root && coordinateOf(root).startsWith('Query.viewer')) return;
    if (coordinateOf(root as Step) === 'Query.site') expect(calls[0]).toBe('GET /integrator/sites/{siteId}');
    else expect(calls).toEqual([]);
    const given = [data[root?.field.name ?? '']].flat();
    for (const it of given) {
      if (coordinateOf(root as Step) === 'Query.sites') expect(it).toMatchObject({ __typename: 'Sites' });
      else if (step.parent.name === 'InvalidInput') expect(it.__typename).toBe('InvalidInput');
      else expect(it).toMatchObject({ __typename: 'NotFound' });
    }
    const reached = answersAt(data, way()).flat();
    if (way().length > 1 && step.parent.name !== 'InvalidInput') expect(reached).toEqual([]);
  });

  test('is answered with exactly its scopes', async () => {
    const answer = await facade.execute(
      await question(),
      {},
      await bearer({ scopes: scopesOfWay(way()), practices }),
    );
    const given = answersAt(answer.data, way());
    expect(answer.errors, coordinate).toBeUndefined();
    expect(given.length, `${coordinate}: ${answer.text.slice(0, 500)}`).toBeGreaterThan(0);
    for (const it of given) expect(it?.code, `${coordinate}: ${answer.text.slice(0, 500)}`).toBeUndefined();
  });
});

const nodeTypes = schema
  .getPossibleTypes(schema.getType('Node') as never)
  .filter((type): type is GraphQLObjectType => isObjectType(type));

describe.each(nodeTypes.map((type) => [type.name, type] as const))('%s by its id', (name, type) => {
  const id = () => {
    const known = ids[name];
    if (!known) throw new Error(`${name}: no id of one is known. See whole-practice.ts.`);
    return known;
  };
  const documents = () => [
    `{ it: node(id: "${id()}") { __typename id } }`,
    `{ it: nodes(ids: ["${id()}"]) { __typename id } }`,
  ];

  test('is refused without a credential', async () => {
    for (const document of documents()) await turnsAway(document);
  });

  test('is refused without its scope, before any upstream request', async () => {
    for (const scope of scopesOfType(type)) {
      for (const document of documents()) {
        const answer = await facade.execute(
          document,
          {},
          await bearer({ scopes: without(scope), practices }),
        );
        expect([answer.data.it].flat()).toEqual([null]);
        expect(answer.errors).toMatchObject([
          { message: expect.stringContaining(scope), extensions: { code: 'ACCESS_DENIED' } },
        ]);
        expect(answer.calls).toEqual([]);
      }
    }
  });

  test('is not found for a caller of another practice', async () => {
    for (const document of documents()) {
      const answer = await facade.execute(document, {}, await bearer({ practices: ['1002'] }));
      expect([answer.data.it].flat()).toEqual([null]);
      expect(answer.errors).toBeUndefined();
      expect(answer.calls).toEqual(name.endsWith('SqlQuery') ? ['GET /integrator/sites/{siteId}'] : []);
    }
  });

  test('is answered with exactly its scope', async () => {
    for (const document of documents()) {
      const answer = await facade.execute(
        document,
        {},
        await bearer({ scopes: scopesOfType(type), practices }),
      );
      expect([answer.data.it].flat()).toEqual([{ __typename: name, id: id() }]);
    }
  });
});

test('a mutation needs the scopes of the data in its payload', () => {
  for (const { parent, field } of steps.filter(({ parent }) => parent.name === 'Mutation')) {
    const payload = steps.filter(
      (step) => step.parent.name === `${field.name.slice(0, 1).toUpperCase()}${field.name.slice(1)}Payload`,
    );
    expect(payload.length, field.name).toBeGreaterThan(0);
    expect(scopesOfField(parent.name, field)).toEqual(expect.arrayContaining([...scopesOfWay(payload)]));
  }
});
