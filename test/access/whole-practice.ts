/** One practice of a sandbox that belongs to the test file. It has a record for every field that takes an id. */
import { practices } from '../../sandbox/practices.ts';
import type { RunningSandbox } from '../../sandbox/server/start.ts';
import { activePatients } from '../facade/booking-client.ts';
import type { Facade } from '../open-facade.ts';
import type { Values } from './question.ts';

export const guidOf = (bpSiteId: string): string =>
  practices.find((practice) => practice.bpSiteId === bpSiteId)?.haloGuid ?? '';
export const formerGuid = practices.find(({ bpSiteId }) => bpSiteId === '1005')?.formerHaloGuid ?? '';

const failed = '... on HaloError { code message }';

/** Where failures with fields of their own happen, and how. */
export const toFailure: ReadonlyMap<string, string> = new Map([
  ['InvalidInput', 'Query.practice'],
  ['AuthoritativeServerChanged', 'Query.site'],
]);
export const failing: Readonly<Record<string, Values>> = {
  InvalidInput: { 'Query.practice.bpSiteId': () => '' },
  AuthoritativeServerChanged: { 'Query.site.haloGuid': () => formerGuid },
};

/** @param facade for a caller with every scope */
export async function prepareWholePractice(
  sandbox: RunningSandbox,
  facade: Facade,
  headers: Record<string, string>,
  bpSiteId = '1001',
) {
  const haloGuid = guidOf(bpSiteId);
  // biome-ignore lint/suspicious/noExplicitAny: a response has the shape of its query
  async function execute(query: string): Promise<any> {
    const { data, errors, text } = await facade.execute(query, {}, headers);
    if (errors || text.includes('"code"')) throw new Error(text);
    return data;
  }
  const inPractice = async (fields: string) =>
    (await execute(`{ practice(bpSiteId: "${bpSiteId}") { ... on Practice { id ${fields} } ${failed} } }`))
      .practice;
  const mutate = async (mutation: string, input: string, payload: string) =>
    (
      await execute(`mutation { it: ${mutation}(input: { ${input} }) {
      ... on ${mutation.slice(0, 1).toUpperCase()}${mutation.slice(1)}Payload { ${payload} } ${failed} } }`)
    ).it;

  const [patientId = ''] = activePatients(sandbox, 1, bpSiteId);
  const { availableSlots } = await inPractice(`availableSlots(from: "2026-11-30", to: "2026-12-04") {
    ... on AvailableSlots { slots { start user { pmsId } } } ${failed} }`);
  const userId: string = availableSlots.slots[0].user.pmsId;
  const free: string[] = availableSlots.slots
    .filter((slot: { user: { pmsId: string } }) => slot.user.pmsId === userId)
    .map((slot: { start: string }) => slot.start);
  const start = () => {
    const [next] = free.splice(0, 1);
    if (next === undefined) throw new Error('All times are taken.');
    return next;
  };
  let day = 0;
  /** Each once. */
  const freshDate = () => new Date(Date.UTC(2027, 2, 1) + day++ * 86_400_000).toISOString().slice(0, 10);
  const appointmentId = async (): Promise<string> => {
    const input = `bpSiteId: "${bpSiteId}", userId: "${userId}", patientId: "${patientId}", start: "${start()}", typeId: "1"`;
    return (await mutate('bookAppointment', input, 'appointment { pmsId }')).appointment.pmsId;
  };
  const dayAwayId = async (from = freshDate()): Promise<string> => {
    const input = `bpSiteId: "${bpSiteId}", userId: "${userId}", from: "${from}"`;
    return (await mutate('addUserDaysAway', input, 'dayAway { pmsId }')).dayAway.pmsId;
  };
  const dayClosedId = async (from = freshDate()): Promise<string> => {
    const input = `bpSiteId: "${bpSiteId}", from: "${from}", reason: "Sample"`;
    return (await mutate('addDaysClosed', input, 'dayClosed { pmsId }')).dayClosed.pmsId;
  };
  const site = `site: { haloGuid: "${haloGuid}" }`;
  const started = async (): Promise<{ id: string; queryId: string }> =>
    (
      await mutate(
        'startSqlQuery',
        `${site}, command: { text: "SELECT FIRSTNAME FROM PATIENTS WHERE INTERNALID = 1" }`,
        'query { id queryId }',
      )
    ).query;
  const registered = async (): Promise<{ id: string; queryId: string }> =>
    (
      await mutate(
        'registerSqlQuery',
        `${site}, name: "sample", frequencySeconds: 60, durationSeconds: 600, command: { text: "SELECT 1 AS A" }`,
        'registeredQuery { id queryId }',
      )
    ).registeredQuery;

  const booked = await appointmentId();
  await dayClosedId('2026-12-24');
  await dayAwayId('2027-02-01');
  const query = await started();
  const registration = await registered();
  sandbox.advance(90_000);
  const { id, locations, user, patient, appointment, appointmentTypes } = await inPractice(`
    appointmentTypes { ... on AppointmentTypes { nodes { id } } ${failed} }
    locations { ... on LocationConnection { nodes { id pmsId clinicHours { id } } } ${failed} }
    user(pmsId: "${userId}") { ... on User { id } ${failed} }
    patient(pmsId: "${patientId}") { ... on Patient { id } ${failed} }
    appointment(pmsId: "${booked}") { ... on Appointment { id } ${failed} }`);
  const [location] = locations.nodes;

  /** Global ids by type. */
  const ids: Readonly<Record<string, string>> = {
    Practice: id,
    Site: Buffer.from(`Site:BEST_PRACTICE:${bpSiteId}`).toString('base64'),
    Location: location.id,
    ClinicHours: location.clinicHours.id,
    User: user.id,
    Patient: patient.id,
    Appointment: appointment.id,
    AppointmentType: appointmentTypes.nodes[0].id,
    SqlQuery: query.id,
    RegisteredSqlQuery: registration.id,
  };

  const values: Values = {
    bpSiteId: () => bpSiteId,
    bpSiteIds: () => [bpSiteId],
    pmsSiteId: () => bpSiteId,
    haloGuid: () => haloGuid,
    start,
    userId: () => userId,
    patientId: () => patientId,
    opens: () => '08:00',
    closes: () => '17:00',
    'Site.sqlQuery.id': () => query.queryId,
    'Site.sqlQueries.ids': () => [query.queryId],
    'Practice.user.pmsId': () => userId,
    'Practice.patient.pmsId': () => patientId,
    'Practice.appointment.pmsId': () => booked,
    'User.daysAway.to': () => '2027-02-28',
    'Practice.daysClosed.to': () => '2026-12-31',
    'PatientSearch.name': () => 's',
    'SiteRef.bpSiteId': () => bpSiteId,
    'PairSiteInput.pairingCode': () => 'SANDBX',
    'UpdateAppointmentInput.appointmentId': appointmentId,
    'UpdateAppointmentInput.reason': () => 'Sample reason',
    'MoveAppointmentInput.appointmentId': appointmentId,
    'MoveAppointmentInput.start': start,
    'CancelAppointmentInput.appointmentId': appointmentId,
    'ArriveAppointmentInput.appointmentId': appointmentId,
    'AddPatientInput.birthDate': () => '1980-01-31',
    'AddPatientInput.lastName': () => `Samplematrix${'abcdefghij'.charAt(day++)}`,
    'UpdatePatientInput.homePhone': () => '0255501234',
    'UpdateUserInput.phone': () => '0255501234',
    'AddUserDaysAwayInput.from': freshDate,
    'RemoveUserDaysAwayInput.dayAwayId': () => dayAwayId(),
    'AddDaysClosedInput.from': freshDate,
    'RemoveDaysClosedInput.dayClosedId': () => dayClosedId(),
    'RegisterSqlQueryInput.frequencySeconds': () => 60,
    'RegisterSqlQueryInput.durationSeconds': () => 600,
    'SqlCommandInput.text': () => 'SELECT FIRSTNAME FROM PATIENTS WHERE INTERNALID = 1',
    'CancelRegisteredSqlQueryInput.queryId': async () => (await registered()).queryId,
  };
  return { ids, values, queryId: query.queryId };
}
