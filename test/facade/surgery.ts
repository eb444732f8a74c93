/** Patients, users, clinic hours and days closed through the whole facade, against a sandbox of the test file's own. */
import type { RunningSandbox } from '../../sandbox/server/start.ts';
import { type Answer, type FacadeOptions, openFacade } from '../open-facade.ts';

const error = `__typename ... on HaloError { code message retryable }
  ... on InvalidInput { issues { path message } } ... on OutcomeUnknown { idempotencyKey }`;
const patient = `patient { pmsId title firstName middleName lastName preferredName birthDate sex homePhone workPhone
  mobilePhone email address { line1 line2 suburb postcode } postalAddress { line1 suburb postcode }
  medicare { number individualReferenceNumber expiry } dva { number type } }`;
const user = 'user { pmsId email phone takesAppointments }';

const payloads = {
  addPatient: patient,
  updatePatient: patient,
  updateUser: user,
  addUserDaysAway: `dayAway { pmsId from to reason } ${user}`,
  removeUserDaysAway: user,
  setClinicHours: 'clinicHours { source location { pmsId } week { day periods { opens closes } } }',
  addDaysClosed: 'dayClosed { pmsId from to reason } practice { bpSiteId }',
  removeDaysClosed: 'practice { bpSiteId }',
} as const;
export type MutationName = keyof typeof payloads;
export const mutationNames = Object.keys(payloads) as MutationName[];

export const nameOf = (mutation: MutationName): string =>
  `${mutation.slice(0, 1).toUpperCase()}${mutation.slice(1)}`;

export function openSurgery(sandbox: RunningSandbox, options: FacadeOptions = {}, bpSiteId = '1001') {
  const facade = openFacade({ baseUrl: sandbox.url, ...options });
  const execute = (mutation: MutationName, input: object, fault?: string): Promise<Answer> =>
    facade.execute(
      `mutation ($input: ${nameOf(mutation)}Input!) { result: ${mutation}(input: $input) {
        ... on ${nameOf(mutation)}Payload { ${payloads[mutation]} } ${error} } }`,
      { input: { bpSiteId, ...input } },
      fault === undefined ? {} : { 'x-sandbox-fault': `${bpSiteId}:${fault}` },
    );
  return {
    facade,
    execute,
    // biome-ignore lint/suspicious/noExplicitAny: a payload or any of its errors
    async mutate(mutation: MutationName, input: object, fault?: string): Promise<any> {
      const answer = await execute(mutation, input, fault);
      if (answer.errors) throw new Error(answer.text);
      return answer.data.result;
    },
    close: () => facade.close(),
  };
}
