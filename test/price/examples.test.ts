/** The cost of the example operations, compared with their price. */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { practices } from '../../sandbox/practices.ts';
import { type RunningSandbox, startSandbox } from '../../sandbox/server/start.ts';
import { graphiqlTabs } from '../../src/http/graphiql-tabs.ts';
import { priceOf } from '../../src/price/price-of.ts';
import { schema } from '../../src/schema/index.ts';
import { type Answer, type Facade, openFacade } from '../open-facade.ts';
import { sandboxNow, sandboxToday } from '../sandbox-today.ts';

const folder = new URL('../../examples/operations/', import.meta.url);
const guidOf = (site: string) => practices.find(({ bpSiteId }) => bpSiteId === site)?.haloGuid;
const variables = {
  bpSiteId: '1001',
  bpSiteIds: ['1001', '1002', '1007'],
  pmsSiteId: '1001',
  haloGuid: guidOf('1001'),
  patientId: '7',
  date: '2026-11-24',
  from: '2026-11-24',
  to: '2026-11-27',
  search: { name: 'samplewood tes' },
  first: 20,
};
const names = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
const operations = names
  .map((name) => ({ name, query: readFileSync(new URL(name, folder), 'utf8'), variables, headers: {} }))
  .filter(({ query }) => !query.includes('mutation'));
const tabs = graphiqlTabs(sandboxNow)
  .filter(({ query }) => !query.includes('subscription'))
  .map((tab) => ({
    name: `tab ${/query (\w+)/.exec(tab.query)?.[1]}`,
    query: tab.query,
    variables: JSON.parse(tab.variables) as Record<string, unknown>,
    headers: JSON.parse(tab.headers) as Record<string, string>,
  }));

/** An operation runs with cold and with warm caches. Both runs stay within its price. */
async function within(
  facade: Facade,
  source: Source,
  { name, query, variables, headers }: (typeof tabs)[number],
): Promise<Answer> {
  const operationName = /(?:query|mutation) (\w+)/.exec(query)?.[1];
  const { total, byField } = priceOf(schema, parse(query), operationName, variables, {
    source,
    viewerPractices: 0,
  });
  const answer = await facade.execute(query, variables, headers, operationName);
  process.stdout.write(`${source} ${name}: charged ${answer.cost.charged}, price ${total}\n`);
  expect(answer.cost.charged, JSON.stringify(byField)).toBeLessThanOrEqual(total);
  return answer;
}

const sources = ['auto', 'sql-passthrough', 'bp-premier'] as const;
type Source = (typeof sources)[number];

/** One of this file's own, because it is written to. */
let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ today: sandboxToday });
});
afterAll(() => sandbox.close());

describe.each(sources)('by %s', (source) => {
  let facade: Facade;
  beforeAll(() => {
    facade = openFacade({ source, baseUrl: sandbox.url });
  });
  afterAll(() => facade.close());

  test.each([...operations, ...tabs])('$name costs no more than its price', async (operation) => {
    await within(facade, source, operation);
  });

  test('and so do the changes of a booking, a patient, a user and the clinic', async () => {
    const change = async (field: string, input: object, below: string) => {
      const type = schema.getMutationType()?.getFields()[field]?.args[0]?.type;
      const query = `mutation Change($input: ${type}) { ${field}(input: $input) { __typename ... on ${field[0]?.toUpperCase()}${field.slice(1)}Payload { ${below} } ... on HaloError { code } ... on InvalidInput { issues { path message } } } }`;
      const operation = {
        name: field,
        query,
        variables: { input: { bpSiteId: '1001', ...input } },
        headers: {},
      };
      return (await within(facade, source, operation)).data[field];
    };
    const below = 'appointment { id start patient { fullName } user { displayName role } location { name } }';
    const day = sources.indexOf(source) + 1;
    const at = (hour: string) => `2027-09-0${day}T${hour}:00+10:00`;
    const key = { idempotencyKey: 'price' };
    const booking = { userId: '2', patientId: '1', start: at('10:00') };
    const booked = await change('bookAppointment', { ...booking, ...key }, below);
    const appointmentId: string = booked.appointment?.id ?? '1';
    await change('bookAppointment', { ...booking, typeId: '1', locationId: '1' }, below);
    await change('bookAppointment', { ...booking, start: at('03:10') }, below);
    await change('updateAppointment', { appointmentId, reason: 'Sample', durationMinutes: 30 }, below);
    await change('moveAppointment', { appointmentId, start: at('11:00') }, below);
    await change('moveAppointment', { appointmentId, start: at('04:00') }, below);
    await change('arriveAppointment', { appointmentId, arrived: true }, below);
    await change('cancelAppointment', { appointmentId }, below);
    const named = { firstName: 'Price', lastName: 'Sampleton', birthDate: `1980-01-0${day}` };
    const patient = 'patient { id fullName usualUser { displayName } }';
    const added = await change('addPatient', { ...named, ...key }, patient);
    await change('addPatient', named, patient);
    const patientId: string = added.patient?.id ?? '1';
    await change('updatePatient', { patientId, mobilePhone: '0491 570 006' }, patient);
    await change(
      'updateUser',
      { userId: '2', phone: '02 5550 0100' },
      'user { id role providerNumbers { number } }',
    );
    const days = { from: `2027-10-0${day}`, to: `2027-10-0${day}` };
    const away = await change(
      'addUserDaysAway',
      { userId: '2', ...days, ...key },
      'dayAway { pmsId } user { id }',
    );
    await change('removeUserDaysAway', { userId: '2', dayAwayId: away.dayAway?.pmsId ?? '1' }, 'user { id }');
    const week = [{ day: 'SATURDAY', periods: [{ opens: `0${day}:00`, closes: '12:00' }] }];
    await change('setClinicHours', { week }, 'clinicHours { openNow location { practice { timeZone } } }');
    const closed = await change(
      'addDaysClosed',
      { ...days, ...key },
      'dayClosed { pmsId } practice { timeZone }',
    );
    await change('removeDaysClosed', { dayClosedId: closed.dayClosed?.pmsId ?? '1' }, 'practice { id }');
  });
});

test('many fields that meet in one call are priced as one', () => {
  const price = (below: string) =>
    priceOf(
      schema,
      parse(`{ practice(bpSiteId: "1001") { ... on Practice { ${below} } } }`),
      null,
      {},
      {
        source: 'auto',
        viewerPractices: 0,
      },
    ).total;
  const twenty = (of: (index: number) => string) =>
    Array.from({ length: 20 }, (_, index) => of(index)).join(' ');
  expect(price(twenty((n) => `p${n}: patient(pmsId: ${n}) { ... on Patient { fullName } }`))).toBe(1);
  const book = 'appointments(from: "2026-11-24") { ... on AppointmentConnection { nodes { start } } }';
  expect(price(twenty((n) => `u${n}: user(pmsId: ${n}) { ... on User { ${book} } }`))).toBe(1);
  expect(price(`users { ... on UserConnection { nodes { ${book} sessions { __typename } } } }`)).toBe(2);
});

test('a list of practices, and what is left out, count', () => {
  const query = `query($ids: [ID!]!, $wanted: Boolean = false) { practices(bpSiteIds: $ids) { ... on Practice {
    appointments(from: "2026-11-24") { __typename } types: appointmentTypes @include(if: $wanted) { __typename }
  } } }`;
  const options = { source: 'auto', viewerPractices: 0 } as const;
  const price = (variables: Record<string, unknown>) =>
    priceOf(schema, parse(query), null, variables, options);
  expect(price({ ids: ['1', '2', '2'] })).toEqual({
    total: 2,
    byField: [{ path: 'practices.appointments', charged: 2 }],
  });
  expect(price({ ids: ['1', '2'], wanted: true }).byField).toEqual([
    { path: 'practices.appointments', charged: 2 },
    { path: 'practices.types', charged: 2 },
  ]);
  expect(price({ ids: null }).total).toBe(0);
});
