/**
 * Every argument of the schema that takes a date or a time, with the ends of the calendar and the nights on which clocks
 * change. The server is a process of its own: one that loops for ever fails the test instead of stopping it.
 */
import type { ChildProcess } from 'node:child_process';
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { build, startFacade } from '../e2e/running-facade.ts';

const dates = [
  ...['0000-01-01', '0001-01-01', '0999-12-31', '1000-01-01', '1752-12-31', '1753-01-01', '1900-01-01'],
  ...['2024-02-29', '2025-02-29', '2026-04-05', '2026-10-04', '2027-04-04', '2027-10-03', '2028-02-29'],
  ...[
    '2028-12-01',
    '2100-02-29',
    '9999-12-30',
    '9999-12-31',
    '10000-01-01',
    '+010000-01-01',
    '-000001-01-01',
  ],
  ...['-271821-04-20', '+275760-09-13', '2026-13-01', '2026-00-10', '2026-11-31', '', 'today'],
];
const offsets = [
  'Z',
  '+00:00',
  '-00:00',
  '+10:30',
  '+14:00',
  '-12:00',
  '+18:00',
  '-18:00',
  '+23:59',
  '-23:59',
  '+99:99',
  '',
];
const moments = [
  ...dates.map((date) => `${date}T02:30:00+10:30`),
  ...offsets.flatMap((offset) => [`0001-01-01T00:00:00${offset}`, `9999-12-31T23:59:59${offset}`]),
  ...offsets.map((offset) => `2027-10-03T02:30:00${offset}`),
  ...['2026-12-31T24:00:00Z', '2026-12-31T23:59:60Z', '2027-04-04T02:30:00.999999999+10:30'],
];
const times = [
  '00:00',
  '23:59',
  '24:00',
  '24:01',
  '25:00',
  '-01:00',
  '02:30',
  '02:30:00',
  '9:00',
  '99:99',
  '',
];
const values: Readonly<Record<string, readonly string[]>> = {
  Date: dates,
  DateTime: moments,
  LocalTime: times,
};

type Input = GraphQLArgument | GraphQLInputField;

const takesTime = (type: GraphQLInputType): boolean => {
  const named = getNamedType(type);
  if (named.name in values) return true;
  return isInputObjectType(named) && Object.values(named.getFields()).some((field) => takesTime(field.type));
};

/** A value for an input: `nth` of the times where it is one, the plainest that will do where it is not. */
function inputValue({ name, type }: Input, nth: (type: string) => string): unknown {
  const bare = getNullableType(type);
  if (isListType(bare)) return [inputValue({ name, type: bare.ofType } as Input, nth)];
  const named = getNamedType(bare);
  if (named.name in values) return nth(named.name);
  if (isInputObjectType(named)) return argumentsOf(Object.values(named.getFields()), nth);
  if (isEnumType(named)) return named.getValues()[0]?.name;
  if (name === 'bpSiteId') return '1001';
  if (name === 'userId') return userId;
  return { Int: 15, Boolean: false, ID: '1' }[named.name] ?? 'Sample';
}

function argumentsOf(inputs: readonly Input[], nth: (type: string) => string): Record<string, unknown> {
  return Object.fromEntries(
    inputs
      .filter(({ type }) => isNonNullType(type) || takesTime(type))
      .map((input) => [input.name, inputValue(input, nth)]),
  );
}

const ways: Readonly<Record<string, (inner: string) => string>> = {
  Subscription: (inner) => inner,
  Query: (inner) => inner,
  Mutation: (inner) => inner,
  Practice: (inner) => `practice(bpSiteId: "1001") { __typename ... on Practice { ${inner} } }`,
  User: (inner) => ways.Practice?.(`user(pmsId: "${userId}") { ... on User { ${inner} } }`) ?? '',
  Patient: (inner) => ways.Practice?.(`patient(pmsId: "1") { ... on Patient { ${inner} } }`) ?? '',
};

const fields = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
  .filter(({ field }) => field.args.some((argument) => takesTime(argument.type)));

let server: ChildProcess;
let url = '';
let userId = '1';

/**
 * Of a subscription, the first result. Fails when the server does not answer in time: then it is taken down, as it may be
 * looping.
 */
async function execute(query: string, variables: object): Promise<{ readonly text: string }> {
  const isStream = query.startsWith('subscription');
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: isStream ? 'text/event-stream' : 'application/json',
    },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(60_000),
  }).catch((error: unknown) => {
    server.kill('SIGKILL');
    throw new Error(`No answer to ${query} with ${JSON.stringify(variables)}`, { cause: error });
  });
  return { text: isStream ? await firstResult(response) : await response.text() };
}

async function firstResult({ body }: Response): Promise<string> {
  let text = '';
  for await (const piece of (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    text += piece;
    const result = /^event: next\ndata: (.*)\n\n/m.exec(text)?.[1];
    if (result) return result;
  }
  return text;
}

beforeAll(build);
beforeAll(async () => {
  const most = '1000000';
  const limits = { LIMIT_PER_MINUTE: most, LIMIT_BURST: most, LIMIT_CHARGED: most };
  const facade = startFacade({ LOG_LEVEL: 'warn', ...limits });
  server = facade.process;
  url = (await facade.said(/GraphiQL +(http:\S+\/graphql)/))[1] as string;
  const users = 'users(takesAppointments: true, first: 1) { ... on UserConnection { nodes { pmsId } } }';
  const { text } = await execute(`{ practice(bpSiteId: "1001") { ... on Practice { ${users} } } }`, {});
  userId = JSON.parse(text).data.practice.users.nodes[0].pmsId;
}, 120_000);
afterAll(() => {
  server.kill('SIGKILL');
});

describe('A1: any date or time', () => {
  it('is looked for at every field that takes one', () => {
    const names = fields.map(({ type, field }) => `${type.name}.${field.name}`);
    for (const name of [
      'Practice.availableSlots',
      'User.availableSlots',
      'Practice.appointments',
      'Patient.appointments',
    ]) {
      expect(names).toContain(name);
    }
    for (const name of [
      'bookAppointment',
      'moveAppointment',
      'addUserDaysAway',
      'addDaysClosed',
      'setClinicHours',
      'addPatient',
    ]) {
      expect(names).toContain(`Mutation.${name}`);
    }
    expect(fields.filter(({ type }) => !(type.name in ways))).toEqual([]);
  });

  it.each(fields.map(({ type, field }) => [`${type.name}.${field.name}`, type, field] as const))(
    'is answered by %s',
    async (_name, type, field) => {
      const head = field.args.map((argument) => `$${argument.name}: ${argument.type}`).join(', ');
      const given = field.args.map((argument) => `${argument.name}: $${argument.name}`).join(', ');
      const answer = isUnionType(getNamedType(field.type))
        ? '{ __typename ... on HaloError { code message } }'
        : '{ __typename }';
      const kind = { Mutation: 'mutation', Subscription: 'subscription' }[type.name] ?? 'query';
      const query = `${kind} Dates(${head}) { ${ways[type.name]?.(`${field.name}(${given}) ${answer}`)} }`;
      const count = Math.max(
        ...field.args.filter((each) => takesTime(each.type)).map((each) => longest(each.type)),
      );
      const today = new Date().toISOString().slice(0, 10);
      const plain = { Date: today, DateTime: `${today}T23:00:00Z`, LocalTime: '09:00' };
      const cases = Array.from({ length: count }, (_, index) => index).flatMap((index) => {
        const nth = (name: string) => values[name]?.[index % (values[name]?.length ?? 1)] ?? '';
        // Once everywhere, once with the first date or time left as it usually is.
        let first = true;
        const later = (name: string) => {
          const value = first ? plain[name as keyof typeof plain] : nth(name);
          first = false;
          return value;
        };
        return [argumentsOf(field.args, nth), argumentsOf(field.args, later)];
      });
      for (const variables of cases) {
        const { text } = await execute(query, variables);
        const place = `${JSON.stringify(variables)}: ${text.slice(0, 500)}`;
        expect(text, place).not.toMatch(/INTERNAL_SERVER_ERROR|UPSTREAM_FAILED|QUERY_TIMED_OUT|PMS_ERROR/);
        expect(JSON.parse(text), place).toHaveProperty('data');
      }
    },
    300_000,
  );
});

/** How many values there are for the times that a type takes. */
function longest(type: GraphQLInputType): number {
  const named = getNamedType(type);
  if (named.name in values) return values[named.name]?.length ?? 0;
  if (!isInputObjectType(named)) return 0;
  return Math.max(
    ...Object.values(named.getFields()).map((field) => (takesTime(field.type) ? longest(field.type) : 0)),
  );
}

it('A1: every date and time argument states its range', () => {
  const silent: string[] = [];
  const look = (coordinate: string, input: Input) => {
    const named = getNamedType(input.type);
    if (named.name in values && !/[Ff]rom .+ to /.test(input.description ?? '')) silent.push(coordinate);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
    } else if (isObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name}:)`, argument);
      }
    }
  }
  expect(silent).toEqual([]);
});
