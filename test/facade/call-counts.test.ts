/** The upstream cost of operations: counted on the wire, and compared with the cost in the response. */
import { afterAll, describe, expect, it } from 'vitest';
import { type Answer, openFacade } from '../open-facade.ts';

const sql = 'POST /integrator/sites/{siteId}/queries/immediate';
const lookUp = 'GET /integrator/sites';
const metadata = 'GET /integrator/sites/{siteId}/fhir/R4/metadata';
const charged = ({ calls }: Answer) => calls.filter((call) => call !== lookUp && call !== metadata);
/** The account that goes to the caller is the truth on the wire. */
const agrees = (answer: Answer) => {
  expect(answer.errors).toBeUndefined();
  expect(answer.cost.calls).toBe(answer.calls.length);
  expect(answer.cost.charged).toBe(charged(answer).length);
};

const dayBook = `query DayBook($site: ID!, $from: Date!) {
  practice(bpSiteId: $site) { ... on Practice { appointments(from: $from) { ... on AppointmentConnection { nodes {
    id start end status type { name } patient { fullName birthDate } user { displayName } location { name }
  } } ... on HaloError { code message } } } ... on HaloError { code message } }
}`;
const book = { site: '1001', from: '2026-11-24' };
const bySql = openFacade({ source: 'sql-passthrough' });
const byFhir = openFacade({ source: 'bp-premier' });
const auto = openFacade();
afterAll(() => Promise.all([bySql, byFhir, auto].map((facade) => facade.close())));

describe('the day book of about 100 appointments, with patient, user, type and location', () => {
  it('costs one charged call by SQL, and a look-up when cold', async () => {
    const cold = await bySql.execute(dayBook, book);
    expect(cold.data.practice.appointments.nodes.length).toBeGreaterThan(80);
    expect(cold.calls).toEqual([lookUp, sql]);
    agrees(cold);
    const warm = await bySql.execute(dayBook, book);
    expect(warm.calls).toEqual([sql]);
    expect(warm.cost.saved.cached).toBe(1);
    agrees(warm);
  });

  it('is what auto chooses, without requesting the CapabilityStatement', async () => {
    await auto.execute(dayBook, book);
    expect((await auto.execute(dayBook, book)).calls).toEqual([sql]);
  });

  it('costs at most four charged calls by the Bp Premier API, however long the list', async () => {
    await byFhir.execute(dayBook, book);
    const day = await byFhir.execute(dayBook, book);
    expect(day.data.practice.appointments.nodes.length).toBeGreaterThan(80);
    expect(charged(day).toSorted()).toEqual([
      'POST /integrator/sites/{siteId}/fhir/R4/Appointment/_search',
      'POST /integrator/sites/{siteId}/fhir/R4/Location/_search',
      'POST /integrator/sites/{siteId}/fhir/R4/Patient/_search',
      'POST /integrator/sites/{siteId}/fhir/R4/Practitioner/_search',
    ]);
    agrees(day);
  });
});

describe('fifty practices at once', () => {
  const dashboard = `query Dashboard($sites: [ID!]!, $from: Date!) { practices(bpSiteIds: $sites) {
    __typename ... on Practice { bpSiteId appointments(from: $from) { __typename
      ... on AppointmentConnection { nodes { start patient { fullName } user { displayName } } } ... on HaloError { code } } }
  } }`;
  const sites = Array.from({ length: 50 }, (_, index) => String(9001 + index));

  it('cost 50 charged calls, and 50 look-ups when cold', async () => {
    const facade = openFacade();
    const cold = await facade.execute(dashboard, { sites, from: book.from });
    expect(cold.calls.filter((call) => call === lookUp)).toHaveLength(50);
    expect(cold.calls.filter((call) => call === sql)).toHaveLength(50);
    expect(cold.data.practices.map((practice: { bpSiteId: string }) => practice.bpSiteId)).toEqual(sites);
    agrees(cold);
    const warm = await facade.execute(dashboard, { sites, from: book.from });
    expect(warm.calls).toHaveLength(50);
    await facade.close();
  });

  it('are not stopped by one that is offline', async () => {
    const answer = await auto.execute(dashboard, { sites: [...sites.slice(0, 5), '1007'], from: book.from });
    const kinds = answer.data.practices.map(
      (practice: { appointments: { __typename: string } }) => practice.appointments.__typename,
    );
    expect(kinds).toEqual([...Array(5).fill('AppointmentConnection'), 'SiteUnavailable']);
  });
});

describe('twenty users each with their appointments', () => {
  const users = `query Users($site: ID!, $from: Date!) { practice(bpSiteId: $site) { ... on Practice {
    users { ... on UserConnection { nodes { pmsId displayName role appointments(from: $from) {
      ... on AppointmentConnection { nodes { start status patient { fullName } } } ... on HaloError { code } } } } ... on HaloError { code } }
  } } }`;

  it('are still one charged call', async () => {
    await auto.execute(dayBook, book);
    const answer = await auto.execute(users, book);
    expect(charged(answer)).toEqual([sql]);
    agrees(answer);
    const nodes = answer.data.practice.users.nodes as { appointments: { nodes: object[] } }[];
    const all = (await auto.execute(dayBook, book)).data.practice.appointments.nodes;
    expect(nodes.flatMap((user) => user.appointments.nodes)).toHaveLength(all.length);
  });

  it('named one by one are one call too', async () => {
    const answer = await auto.execute(users, book);
    const ids = (answer.data.practice.users.nodes as { pmsId: string }[]).map(({ pmsId }) => pmsId);
    const fields = ids.map(
      (
        id,
        index,
      ) => `u${index}: user(pmsId: "${id}") { ... on User { displayName appointments(from: "${book.from}") {
        ... on AppointmentConnection { nodes { start } } } } ... on HaloError { code } }`,
    );
    const oneByOne = await auto.execute(
      `{ practice(bpSiteId: "1001") { ... on Practice { ${fields.join('\n')} } } }`,
    );
    expect(charged(oneByOne)).toEqual([sql]);
    expect(oneByOne.cost.saved.batched).toBeGreaterThan(0);
  });
});

describe('identical reads in flight', () => {
  it('are one call, and the response reports the saving', async () => {
    await auto.execute(dayBook, book);
    const answers = await Promise.all(Array.from({ length: 8 }, () => auto.execute(dayBook, book)));
    const sent = answers.reduce((sum, { cost }) => sum + cost.calls, 0);
    const saved = answers.reduce((sum, { cost }) => sum + cost.saved.coalesced, 0);
    expect([sent, saved]).toEqual([1, 7]);
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
  });

  it('with different simulated faults are not shared', async () => {
    const [well, ill] = await Promise.all([
      auto.execute(dayBook, book),
      auto.executeWithFault('offline', dayBook, book),
    ]);
    expect(well.data.practice.appointments.nodes.length).toBeGreaterThan(80);
    expect(ill.data.practice.appointments.code).toBe('SITE_UNAVAILABLE');
  });
});
