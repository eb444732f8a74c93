/** Books, moves and cancels through the whole facade, against a sandbox that belongs to the test file. */
import { randomUUID } from 'node:crypto';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../../sandbox/server/start.ts';
import { type Answer, type Facade, type FacadeOptions, openFacade } from '../open-facade.ts';
import { sandboxNow, sandboxToday } from '../sandbox-today.ts';

const firstPractice = '1001';

export { firstPractice as bpSiteId };

const error = `__typename ... on HaloError { code message retryable }
  ... on InvalidInput { issues { path message } } ... on OutcomeUnknown { idempotencyKey }
  ... on AuthoritativeServerChanged { haloGuid currentHaloGuid } ... on AccessDenied { reason }`;
const appointment = `id pmsId start end durationMinutes status reason type { pmsId }
  patient { pmsId } user { pmsId } location { pmsId }`;

export type Verb = 'book' | 'update' | 'move' | 'cancel' | 'arrive';

export const mutation = (verb: Verb, fields = appointment): string => {
  const name = `${verb.slice(0, 1).toUpperCase()}${verb.slice(1)}Appointment`;
  return `mutation ($input: ${name}Input!) { result: ${verb}Appointment(input: $input) {
    ... on ${name}Payload { appointment { ${fields} } } ${error} } }`;
};

export interface Slot {
  readonly start: string;
  readonly userId: string;
  readonly locationId: string;
}

export interface BookingClient {
  readonly facade: Facade;
  /** The `result` of the response: a payload or an error; `__typename` says which. */
  // biome-ignore lint/suspicious/noExplicitAny: a payload or any of its errors
  write(verb: Verb, input: object, fault?: string): Promise<any>;
  execute(verb: Verb, input: object, fault?: string): Promise<Answer>;
  freeSlots(date: string, durationMinutes?: number): Promise<readonly Slot[]>;
  close(): Promise<void>;
}

/** A clock that a test moves on. */
export function testClock(start = sandboxNow) {
  let now = start;
  return {
    now: () => now,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

export const ownSandbox = (
  options: Pick<SandboxOptions, 'key' | 'onExchange'> = {},
): Promise<RunningSandbox> => startSandbox({ today: sandboxToday, ...options });

export function openBookingClient(
  sandbox: RunningSandbox,
  options: FacadeOptions = {},
  bpSiteId: string = firstPractice,
): BookingClient {
  const facade = openFacade({ baseUrl: sandbox.url, ...options });
  const execute: BookingClient['execute'] = (verb, input, fault) =>
    facade.execute(
      mutation(verb),
      { input: { bpSiteId, ...input } },
      fault === undefined ? {} : { 'x-sandbox-fault': `${bpSiteId}:${fault}` },
    );
  return {
    facade,
    execute,
    async write(verb, input, fault) {
      const answer = await execute(verb, input, fault);
      if (answer.errors) throw new Error(answer.text);
      return answer.data.result;
    },
    async freeSlots(date, durationMinutes) {
      const answer = await facade.execute(
        `query ($date: Date!, $durationMinutes: Int) { practice(bpSiteId: "${bpSiteId}") { ... on Practice {
          availableSlots(from: $date, durationMinutes: $durationMinutes) { ... on AvailableSlots {
            slots { start user { pmsId } location { pmsId } } } ... on HaloError { message } } } } }`,
        { date, durationMinutes },
      );
      return answer.data.practice.availableSlots.slots.map(
        (slot: { start: string; user: { pmsId: string }; location: { pmsId: string } }) => ({
          start: slot.start,
          userId: slot.user.pmsId,
          locationId: slot.location.pmsId,
        }),
      );
    },
    close: () => facade.close(),
  };
}

/** Columns of APPOINTMENTS. */
export type BookRow = {
  readonly RECORDID: number;
  readonly RECORDSTATUS: number;
  readonly INTERNALID: number;
  readonly USERID: number;
  readonly APPOINTMENTDATE: string;
  readonly APPOINTMENTTIME: number;
  readonly APPOINTMENTLENGTH: number;
  readonly APPOINTMENTCODE: number;
};

/** Rows of the practice's own book that are current, of one user at one wall time. */
export function rowsAt(sandbox: RunningSandbox, { start, userId }: Slot): readonly BookRow[] {
  const [hours = 0, minutes = 0] = start.slice(11, 16).split(':').map(Number);
  return sandbox.database(firstPractice).all<BookRow>(
    `SELECT * FROM APPOINTMENTS WHERE RECORDSTATUS = 1 AND USERID = ${Number(userId)}
       AND APPOINTMENTDATE LIKE '${start.slice(0, 10)}%' AND APPOINTMENTTIME = ${hours * 3600 + minutes * 60}`,
  );
}

/** Ids of patients who can be booked. */
export function activePatients(
  sandbox: RunningSandbox,
  count: number,
  bpSiteId: string = firstPractice,
): readonly string[] {
  const rows = sandbox
    .database(bpSiteId)
    .all<{ INTERNALID: number }>(
      `SELECT INTERNALID FROM PATIENTS WHERE RECORDSTATUS = 1 AND PATIENTSTATUS = 1 AND DATEOFDEATH IS NULL LIMIT ${count}`,
    );
  return rows.map((row) => String(row.INTERNALID));
}

export const newKey = (): string => `test-${randomUUID()}`;
