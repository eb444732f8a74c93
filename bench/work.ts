/**
 * The operations of the benchmark: the same work in the facade's schema, in the schema that the peers share, and in Tailcall's,
 * which is FHIR's.
 */
import { guidOf } from './site-guid.ts';
import { asPeerAnswer } from './tailcall.ts';

/** The schema that a server speaks. */
export type Dialect = 'facade' | 'peer' | 'tailcall';

/** One kind of operation, and the path of its data in the response. */
export interface Question<Arguments> {
  readonly facade: string;
  readonly peer: string;
  readonly variables: (of: Arguments) => Record<string, unknown>;
  readonly tailcall?: {
    readonly text: string;
    readonly variables: (of: Arguments) => Record<string, unknown>;
  };
}

const appointmentFields = `pmsId start end durationMinutes status reason type { name }
  patient { pmsId fullName birthDate mobilePhone } user { pmsId displayName }`;
const dashboardFields = 'pmsId start status patient { fullName } user { displayName }';
const patientFields = 'pmsId fullName birthDate mobilePhone';
const fhirPatient = 'id birthDate name { use family given } telecom { use value }';
const failed = '... on HaloError { code message }';

export interface BookOf {
  readonly site: string;
  readonly from: string;
  readonly to: string;
}

/** A range of days of one practice, with patient and user. */
export const book: Question<BookOf> = {
  facade: `query Book($site: ID!, $from: Date!, $to: Date!) { practice(bpSiteId: $site) { ... on Practice {
    appointments(from: $from, to: $to, first: 5000) { ... on AppointmentConnection { nodes { ${appointmentFields} } } ${failed} }
  } ${failed} } }`,
  peer: `query Book($site: ID!, $from: String!, $to: String!) { practice(id: $site) {
    appointments(from: $from, to: $to) { ${appointmentFields} }
  } }`,
  variables: ({ site, from, to }) => ({ site, from, to }),
  tailcall: {
    text: `query Book($guid: String!, $from: String!, $to: String!) { practice(guid: $guid) { appointments(from: $from, to: $to) {
      id status start end minutesDuration description appointmentType { text } patient { ${fhirPatient} }
      user { id name { family given prefix } } } } }`,
    variables: ({ site, from, to }) => ({ guid: guidOf(site), from: `ge${from}`, to: `le${to}` }),
  },
};

/** The same without unions. The peers' schema has no unions. */
export const flatBook: Question<BookOf> = {
  ...book,
  facade: `query FlatBook($site: ID!, $from: Date!, $to: Date!) { viewer { practice(bpSiteId: $site) {
    appointmentsConnection(from: $from, to: $to, first: 5000) { nodes { ${appointmentFields} } }
  } } }`,
};

export interface SearchOf {
  readonly site: string;
  readonly name: string;
}

export const search: Question<SearchOf> = {
  facade: `query Search($site: ID!, $name: String!) { practice(bpSiteId: $site) { ... on Practice {
    patients(search: { name: $name }, first: 50) { ... on PatientConnection { nodes { ${patientFields} } } ${failed} }
  } ${failed} } }`,
  peer: `query Search($site: ID!, $name: String!) { practice(id: $site) { patients(name: $name) { ${patientFields} } } }`,
  variables: ({ site, name }) => ({ site, name }),
  tailcall: {
    text: `query Search($guid: String!, $name: String!) { practice(guid: $guid) { patients(name: $name) {
      resource { ${fhirPatient} } } } }`,
    variables: ({ site, name }) => ({ guid: guidOf(site), name }),
  },
};

export interface DashboardOf {
  readonly sites: readonly string[];
  readonly date: string;
}

export const dashboard: Question<DashboardOf> = {
  facade: `query Dashboard($sites: [ID!]!, $from: Date!) { practices(bpSiteIds: $sites) { ... on Practice {
    bpSiteId appointments(from: $from) { ... on AppointmentConnection { nodes { ${dashboardFields} } } ${failed} }
  } ${failed} } }`,
  peer: `query Dashboard($sites: [ID!]!, $from: String!) { practices(ids: $sites) {
    bpSiteId appointments(from: $from, to: $from) { ${dashboardFields} }
  } }`,
  variables: ({ sites, date }) => ({ sites, from: date }),
};

export interface BookingOf {
  readonly site: string;
  readonly userId: string;
  readonly patientId: string;
  /** RFC 3339, with the offset of the practice. */
  readonly start: string;
  /** @default 1 */
  readonly typeId?: string;
  /** @default 1 */
  readonly locationId?: string;
}

export const booking: Question<BookingOf> = {
  facade: `mutation Booking($input: BookAppointmentInput!) { bookAppointment(input: $input) {
    ... on BookAppointmentPayload { appointment { ${appointmentFields} } } ${failed} } }`,
  peer: `mutation Booking($input: BookAppointmentInput!) { bookAppointment(input: $input) { appointment { ${appointmentFields} } } }`,
  variables: ({ site, userId, patientId, start, typeId = '1', locationId = '1' }) => ({
    input: { bpSiteId: site, userId, patientId, start, durationMinutes: 10, typeId, locationId },
  }),
};

/** Cancels the appointment of the previous response. */
export const cancellation: Question<{ readonly site: string }> = {
  facade: `mutation Cancellation($input: CancelAppointmentInput!) { cancelAppointment(input: $input) {
    ... on CancelAppointmentPayload { appointment { pmsId status } } ${failed} } }`,
  peer: `mutation Cancellation($input: CancelAppointmentInput!) { cancelAppointment(input: $input) { appointment { pmsId status } } }`,
  variables: ({ site }) => ({ input: { bpSiteId: site, appointmentId: '{{id}}' } }),
};

const liveOf = (fields: string): string => `subscription Live($site: ID!, $from: Date!, $to: Date!) {
  appointmentBook(bpSiteId: $site, from: $from, to: $to) { __typename
    ... on AppointmentBookSnapshot { cursor asOf maxLagSeconds appointments { ${fields} } }
    ... on AppointmentBookChanged { cursor changes { kind appointment { ${fields} } } }
    ... on AppointmentBookGap { since message } ${failed} } }`;

/** A live book, as a reception desk shows it. No peer has one. */
export const liveBook: Question<BookOf> = {
  facade: liveOf(appointmentFields),
  peer: '',
  variables: ({ site, from, to }) => ({ site, from, to }),
};

/** Another selection of the same book. */
export const liveStatuses: Question<BookOf> = { ...liveBook, facade: liveOf('pmsId start status') };

/** The body of a request. Operations are named, so that a server without GraphQL can select the work. */
export function bodyOf<Arguments>(question: Question<Arguments>, dialect: Dialect, of: Arguments): string {
  const { text, variables } =
    dialect === 'tailcall'
      ? (question.tailcall ?? { text: '', variables: () => ({}) })
      : { text: question[dialect], variables: question.variables };
  const query = text.replace(/\s+/g, ' ');
  const [, operationName] = /(?:query|mutation|subscription) (\w+)/.exec(query) ?? [];
  return JSON.stringify({ query, operationName, variables: variables(of) });
}

type Json = Record<string, unknown>;

/**
 * Normalises a response to text: connections become lists, and lists are ordered by PMS id where there is one. Throws for a
 * response with an error.
 */
export function comparable(text: string, dialect: Dialect = 'facade'): string {
  const { data, errors } = JSON.parse(dialect === 'tailcall' ? asPeerAnswer(text) : text) as {
    data?: unknown;
    errors?: unknown;
  };
  if (errors || data === null || data === undefined) throw new Error(`No data: ${text.slice(0, 400)}`);
  return JSON.stringify(plain(data));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain).sort(byId);
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Json;
  if (Array.isArray(fields.nodes)) return plain(fields.nodes);
  if (typeof fields.code === 'string' && typeof fields.message === 'string') {
    throw new Error(`An error as data: ${fields.code} ${fields.message}`);
  }
  return Object.fromEntries(
    Object.entries(fields)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, plain(each)]),
  );
}

const byId = (a: unknown, b: unknown): number => idIn(a).localeCompare(idIn(b));
const idIn = (value: unknown): string =>
  typeof value === 'object' && value !== null ? String((value as Json).pmsId ?? '') : '';
