/**
 * Responses to bad input, through the whole facade: a typed error, no crash, no unnecessary request, no leaked value.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { practices } from '../../sandbox/practices.ts';
import { defaultKey } from '../../sandbox/server/start.ts';
import { type Facade, openFacade } from '../open-facade.ts';

const bySql = openFacade({ source: 'sql-passthrough' });
const byFhir = openFacade({ source: 'bp-premier' });
const auto = openFacade();
const all: readonly Facade[] = [bySql, byFhir, auto];
afterAll(() => Promise.all(all.map((facade) => facade.close())));

// Within the interface, a fragment may name a type that is not a member of the union.
const errors = `__typename ... on HaloError { code message retryable ... on InvalidInput { issues { path message } }
  ... on OperationNotSupported { operation pms } ... on UpstreamFailed { httpStatus } }`;
const practice = (fields: string, id = '1001') =>
  `{ practice(bpSiteId: "${id}") { ${errors} ... on Practice { field: ${fields} { ${errors} } } } }`;

describe('an unknown practice', () => {
  it('is NotFound', async () => {
    const { data } = await auto.execute(practice('locations', '4711'));
    expect(data.practice).toMatchObject({ __typename: 'NotFound', code: 'NOT_FOUND', retryable: false });
  });
});

describe('malformed arguments are InvalidInput with their path, and cost nothing', () => {
  it.each([
    ['site(haloGuid: "not-a-guid")', ['haloGuid']],
    ['sites(pmsSiteId: "")', ['pmsSiteId']],
    ['practice(bpSiteId: " ")', ['bpSiteId']],
  ])('%s', async (field, path) => {
    const answer = await auto.execute(`{ field: ${field} { ${errors} } }`);
    expect(answer.data.field).toMatchObject({ __typename: 'InvalidInput', issues: [{ path }] });
    expect(answer.calls).toEqual([]);
  });

  it.each([
    ['appointments(from: "23/11/2026")', [['from']]],
    ['appointments(from: "2026-02-30")', [['from']]],
    ['appointments(from: "2026-11-24", to: "2026-11-23")', [['to']]],
    ['appointments(from: "2026-01-01", to: "2027-01-03")', [['to']]],
    ['appointments(from: "2026-11-24", after: "nonsense")', [['after']]],
    ['appointments(from: "2026-11-24", first: 5001)', [['first']]],
    ['appointments(from: "x", to: "y", first: -1, after: "z")', [['from'], ['to'], ['first'], ['after']]],
    ['patients(search: {})', [['search']]],
    ['patients(search: { name: "  " })', [['search']]],
    ['patients(search: { birthDate: "1970-13-01" })', [['search', 'birthDate']]],
    [
      'patients(search: { medicareNumber: "123", phone: "12" })',
      [
        ['search', 'phone'],
        ['search', 'medicareNumber'],
      ],
    ],
    ['availableSlots(from: "2026-11-24", durationMinutes: 0)', [['durationMinutes']]],
    ['availableSlots(from: "2026-01-01", to: "2028-01-01")', [['to']]],
    ['daysClosed(from: "2026-11-24", to: "2026-11-23")', [['to']]],
    ['users(first: 1001)', [['first']]],
  ])('%s', async (field, paths) => {
    const answer = await auto.execute(practice(field));
    const { __typename, issues } = answer.data.practice.field;
    expect(__typename).toBe('InvalidInput');
    expect(issues.map(({ path }: { path: string[] }) => path).toSorted()).toEqual(paths.toSorted());
    expect(answer.cost.charged).toBe(0);
  });

  it('takes a range of exactly 366 days', async () => {
    const { data } = await auto.execute(practice('daysClosed(from: "2026-01-01", to: "2027-01-01")'));
    expect(data.practice.field.__typename).toBe('DaysClosed');
  });
});

describe('D12: a change that is refused whatever the practice has costs nothing', () => {
  const site = '"1001"';
  const booking = `bpSiteId: ${site}, patientId: "1"`;
  const appointment = `bpSiteId: ${site}, appointmentId: "1"`;
  const later = '"2026-12-07T09:00:00+11:00"';

  it.each([
    ['bookAppointment', `${booking}, userId: "1", start: "2026-12-07T09:00:00"`, ['start']],
    ['bookAppointment', `${booking}, userId: "1", start: "2026-11-20T09:00:00+11:00"`, ['start']],
    ['bookAppointment', `${booking}, userId: "1", start: "2036-11-20T09:00:00+11:00"`, ['start']],
    ['bookAppointment', `${booking}, userId: "?", start: ${later}`, ['userId']],
    ['bookAppointment', `${booking}, userId: "1", start: ${later}, durationMinutes: 0`, ['durationMinutes']],
    ['bookAppointment', `${booking}, userId: "1", start: ${later}, reason: "Lệ"`, ['reason']],
    ['moveAppointment', `${appointment}, start: "2026-12-07T09:00:00"`, ['start']],
    ['moveAppointment', `${appointment}, start: "2026-11-20T09:00:00+11:00"`, ['start']],
    ['moveAppointment', `${appointment}, start: "2036-11-20T09:00:00+11:00"`, ['start']],
    ['moveAppointment', `${appointment}, userId: "?"`, ['userId']],
    ['moveAppointment', `${appointment}, locationId: "?"`, ['locationId']],
    ['updateAppointment', `${appointment}, durationMinutes: 1441`, ['durationMinutes']],
    ['updatePatient', `bpSiteId: ${site}, patientId: "1", mobilePhone: "12"`, ['mobilePhone']],
    ['addUserDaysAway', `bpSiteId: ${site}, userId: "1", from: "2026-02-30"`, ['from']],
    ['addDaysClosed', `bpSiteId: ${site}, from: "2026-12-07", to: "2026-12-06"`, ['to']],
  ])('%s(%s)', async (mutation, input, path) => {
    const answer = await bySql.execute(`mutation { field: ${mutation}(input: { ${input} }) { ${errors} } }`);
    expect(answer.data.field).toMatchObject({
      __typename: 'InvalidInput',
      issues: [{ path: ['input', ...path] }],
    });
    expect(answer.cost.charged).toBe(0);
  });
});

describe('a site that is not Bp Premier', () => {
  it('has its Site fields, and no practice data', async () => {
    const answer =
      await auto.execute(`{ sites(pmsSiteId: "ZED-2001", pms: ZEDMED) { __typename ... on Sites { nodes {
      haloGuid pms availability practice { name pms appointments(from: "2026-11-24") { ${errors} } patients(search: { name: "x" }) { ${errors} } }
    } } } }`);
    const [site] = answer.data.sites.nodes;
    expect(site).toMatchObject({ pms: 'ZEDMED', availability: 'ONLINE' });
    expect(site.practice).toMatchObject({
      pms: 'ZEDMED',
      appointments: { __typename: 'OperationNotSupported', operation: 'READ_APPOINTMENTS', pms: 'ZEDMED' },
      patients: { __typename: 'OperationNotSupported', operation: 'READ_PATIENTS' },
    });
    expect(answer.cost.charged).toBe(0);
  });
});

describe('garbage from upstream', () => {
  const book = practice('appointments(from: "2026-11-24")');

  it.each(['html', 'truncated', 'wrong-types', 'huge'])(
    '%s is UpstreamFailed, with a line for the operator',
    async (fault) => {
      for (const facade of [bySql, byFhir]) {
        const before = facade.log.length;
        const { data, text } = await facade.executeWithFault(fault, book);
        const failed = data.practice.field ?? data.practice;
        expect(failed).toMatchObject({ __typename: 'UpstreamFailed', code: 'UPSTREAM_FAILED' });
        const lines = facade.log.slice(before).filter((line) => line.includes('"level":"warn"'));
        expect(lines.length).toBeGreaterThan(0);
        for (const emitted of [text, ...lines]) {
          expect(emitted).not.toMatch(/<html|http:\/\/127/i);
          expect(emitted.length).toBeLessThan(2_000);
        }
      }
    },
  );

  it('an error inside a 200 is an error', async () => {
    const { data } = await bySql.executeWithFault('error-in-200', book);
    expect(data.practice.field.__typename).toBe('PmsError');
  });

  it.each([
    ['429', 'RateLimited'],
    ['500', 'UpstreamFailed'],
    ['503', 'SiteUnavailable'],
    ['504', 'QueryTimedOut'],
    ['413', 'ResultTooLarge'],
    ['offline', 'SiteUnavailable'],
    ['unreachable', 'SiteUnavailable'],
    ['cut-connection', 'UpstreamFailed'],
  ])('%s is %s, in whatever envelope', async (fault, type) => {
    for (const envelope of ['', ',unwrapped', ',apim']) {
      for (const facade of [bySql, byFhir]) {
        await facade.execute(practice('locations'));
        const { data } = await facade.executeWithFault(fault + envelope, book);
        expect(data.practice.field?.__typename, `${fault}${envelope}`).toBe(type);
      }
    }
  });

  it('no answer at all ends with the deadline', async () => {
    const chain = practices.find(({ bpSiteId }) => bpSiteId === '9001');
    const impatient = openFacade({
      source: 'sql-passthrough',
      deadlineMs: 300,
      practices: [{ bpSiteId: '9001', haloGuid: chain?.haloGuid }],
    });
    const { data } = await impatient.executeWithFault('hang', practice('locations', '9001'));
    expect(data.practice.field.__typename).toBe('QueryTimedOut');
    await impatient.close();
  });
});

describe('SQL metacharacters', () => {
  const hostile = [
    "x' OR '1'='1",
    "'; DROP TABLE PATIENTS; --",
    '%',
    '_',
    '[a-z]',
    '1001--',
    '/*',
    '\\',
    '"',
    '$(0)',
    '\u0000',
  ];
  const query = `query Hostile($text: String!, $id: ID!, $date: Date!) { practice(bpSiteId: "1001") { ... on Practice {
    byName: patients(search: { name: $text }) { ...Found }
    byEmail: patients(search: { email: $text }) { ...Found }
    byPhone: patients(search: { phone: $text }) { ...Found }
    byMedicare: patients(search: { medicareNumber: $text }) { ...Found }
    byBirthDate: patients(search: { birthDate: $date }) { ...Found }
    byIds: patients(search: { pmsIds: [$id] }) { ...Found }
    patient(pmsId: $id) { __typename }
    user(pmsId: $id) { __typename }
    appointment(pmsId: $id) { __typename }
    ofUser: appointments(from: "2026-11-24", userId: $id) { __typename ... on AppointmentConnection { nodes { id } } }
    atLocation: appointments(from: "2026-11-24", locationId: $id) { __typename ... on AppointmentConnection { nodes { id } } }
    slots: availableSlots(from: "2026-11-24", userId: $id) { __typename ... on AvailableSlots { slots { start } emptyBecause } }
    hours: clinicHours(locationId: $id) { __typename }
    after: appointments(from: "2026-11-24", after: $text) { __typename }
  } } node(id: $id) { id } unknown: practice(bpSiteId: $id) { __typename } }
  fragment Found on PatientsResult { __typename ... on PatientConnection { nodes { id } } }`;

  it.each(hostile)('%j finds nothing and changes nothing', async (text) => {
    for (const facade of [bySql, byFhir]) {
      const { data, text: body } = await facade.execute(query, { text, id: text, date: text });
      const { practice: found } = data;
      for (const name of [
        'byName',
        'byEmail',
        'byPhone',
        'byMedicare',
        'byBirthDate',
        'byIds',
        'ofUser',
        'atLocation',
        'slots',
      ]) {
        const things = found[name].nodes ?? found[name].slots ?? [];
        expect(things, `${name}: ${JSON.stringify(found[name])}`).toEqual([]);
      }
      for (const name of ['patient', 'user', 'appointment'])
        expect(found[name].__typename).toMatch(/NotFound|InvalidInput/);
      expect(found.after.__typename).toBe('InvalidInput');
      expect(data.node).toBeNull();
      expect(body).not.toContain('PmsError');
      expect(body).not.toContain('UpstreamFailed');
    }
    const still = await bySql.execute(
      `{ practice(bpSiteId: "1001") { ... on Practice { patients(search: { name: "sam" }, first: 1) { __typename ... on PatientConnection { nodes { id } } } } } }`,
    );
    expect(still.data.practice.patients.nodes).toHaveLength(1);
  });
});

describe('what is emitted', () => {
  it('never holds the key, nor a patient in the log', async () => {
    const facade = openFacade();
    const { data } =
      await facade.execute(`{ practice(bpSiteId: "1001") { ... on Practice { patients(search: { name: "sam" }, first: 5) {
      ... on PatientConnection { nodes { firstName lastName mobilePhone medicare { number } birthDate } } } } } }`);
    const [patient] = data.practice.patients.nodes;
    await facade.execute(
      `{ practice(bpSiteId: "1001") { ... on Practice { patients(search: { name: "${patient.lastName}", birthDate: "${patient.birthDate}" }) { __typename } } } }`,
    );
    for (const fault of ['offline', 'html', '401', 'not-paired', 'error-in-200', 'cut-connection']) {
      const failed = await facade.executeWithFault(
        fault,
        practice(`patients(search: { name: "${patient.lastName}" })`),
      );
      expect(failed.text).not.toContain(defaultKey);
    }
    const log = facade.log.join('\n');
    expect(log.length).toBeGreaterThan(1_000);
    expect(log).not.toContain(defaultKey);
    for (const value of [
      patient.lastName,
      patient.firstName,
      patient.birthDate,
      patient.medicare?.number,
      'sam"',
    ]) {
      if (value) expect(log).not.toContain(value);
    }
    await facade.close();
  });
});
