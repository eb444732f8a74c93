/** Bookings as apps make them: retried under the same key until the outcome is certain. Half of them are cancelled. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from './client.ts';
import { booking, cancellation, type PracticeWork, rows } from './work.ts';

/** Sends one request and records its outcome. */
export type ExecuteQuery = (
  kind: string,
  bpSiteId: string,
  query: string,
  variables: object,
) => ReturnType<Client['execute']>;

export interface Bookings {
  /** Starts one and resolves when its app leaves it; sometimes two people want the same time, or one sends the request twice. */
  start(practice: PracticeWork): Promise<void>;
  /** Retries each booking whose outcome is not certain. */
  settle(): Promise<void>;
  /** Compares the outcomes with the practices' appointment books. */
  audit(client: Client, practices: readonly PracticeWork[]): Promise<BookingAudit>;
}

export interface BookingAudit {
  readonly keys: number;
  readonly booked: number;
  readonly taken: number;
  readonly refused: number;
  readonly unknown: number;
  readonly rows: number;
  /** Times with two appointments. */
  readonly doubleTimes: number;
  /** Keys with two appointments. */
  readonly doubleKeys: number;
  /** Keys with two different outcomes, or with an outcome that does not match the row. */
  readonly contradicted: readonly string[];
}

interface Wish {
  readonly site: string;
  readonly key: string;
  readonly input: object;
  outcome: string;
  appointmentId: string | undefined;
  /** Distinct certain outcomes: the appointment's id, or SLOT_TAKEN. */
  readonly answers: Set<string>;
}

const attempts = 4;
const betweenAttemptsMs = 1_500;
const beforeCancellingMs = 1_000;

export function createBookings(execute: ExecuteQuery): Bookings {
  const wishes: Wish[] = [];

  async function book(wish: Wish): Promise<boolean> {
    const { outcome, retryable, data } = await execute('booking', wish.site, booking, { input: wish.input });
    // A later failure does not replace an earlier certain outcome.
    if (wish.appointmentId === undefined) wish.outcome = outcome;
    if (outcome === 'OK') {
      const { bookAppointment } = data as { bookAppointment: { appointment: { pmsId: string } } };
      wish.appointmentId = bookAppointment.appointment.pmsId;
      wish.answers.add(wish.appointmentId);
    }
    if (outcome === 'SLOT_TAKEN') wish.answers.add(outcome);
    return retryable;
  }

  async function follow(wish: Wish): Promise<void> {
    for (let attempt = 1; (await book(wish)) && attempt < attempts; attempt += 1)
      await pause(betweenAttemptsMs);
    if (wish.appointmentId === undefined || Math.random() < 0.5) return;
    await pause(beforeCancellingMs);
    const input = { bpSiteId: wish.site, appointmentId: wish.appointmentId };
    await execute('cancellation', wish.site, cancellation, { input });
  }

  function wishFor(bpSiteId: string, patientId: string, time: object): Wish {
    const key = `chaos-${bpSiteId}-${wishes.length + 1}`;
    const input = {
      bpSiteId,
      ...time,
      patientId,
      typeId: '1',
      reason: key,
      idempotencyKey: key,
    };
    const wish = {
      site: bpSiteId,
      key,
      input,
      outcome: 'none',
      appointmentId: undefined,
      answers: new Set<string>(),
    };
    wishes.push(wish);
    return wish;
  }

  return {
    async start(practice) {
      const time = practice.times.splice(Math.floor(Math.random() * practice.times.length), 1)[0];
      if (!time) throw new Error(`Practice ${practice.bpSiteId} has no free time left to book.`);
      // Two bookings of one patient would look the same.
      const someone = Math.floor(Math.random() * practice.patientIds.length);
      const [one = '', other = ''] = [...practice.patientIds, ...practice.patientIds].slice(someone);
      const first = wishFor(practice.bpSiteId, one, time);
      const chance = Math.random();
      const all = [follow(first)];
      if (chance < 0.2) all.push(follow(wishFor(practice.bpSiteId, other, time)));
      else if (chance < 0.4) all.push(book(first).then(() => {}));
      await Promise.all(all);
    },
    async settle() {
      const open = wishes.filter(({ outcome }) => outcome !== 'OK' && outcome !== 'SLOT_TAKEN');
      await Promise.all(open.map(book));
    },
    async audit(client, practices) {
      const held = (await Promise.all(practices.map(({ bpSiteId }) => rowsOf(client, bpSiteId)))).flat();
      const count = (...outcomes: string[]) =>
        wishes.filter(({ outcome }) => outcomes.includes(outcome)).length;
      const [booked, taken, unknown] = [count('OK'), count('SLOT_TAKEN'), count('OUTCOME_UNKNOWN')];
      return {
        keys: wishes.length,
        booked,
        taken,
        unknown,
        refused: wishes.length - booked - taken - unknown,
        rows: held.length,
        doubleTimes: repeated(held.filter(({ status }) => status === 1).map(({ time }) => time)),
        doubleKeys: repeated(held.map(({ key }) => key)),
        contradicted: wishes
          .filter((wish) => !agrees(wish, held))
          .map(({ key, outcome }) => `${key} ${outcome}`),
      };
    },
  };
}

interface Held {
  readonly id: string;
  readonly key: string;
  readonly time: string;
  readonly status: number;
}

async function rowsOf(client: Client, site: string): Promise<readonly Held[]> {
  const found = await rows<Record<'id' | 'user' | 'seconds' | 'status' | 'date' | 'reason', string | number>>(
    client,
    site,
    `SELECT RECORDID AS id, USERID AS [user], APPOINTMENTDATE AS date, APPOINTMENTTIME AS seconds, REASON AS reason,
       RECORDSTATUS AS status FROM dbo.APPOINTMENTS WHERE REASON LIKE 'chaos-%'`,
  );
  return found.map(({ id, user, date, seconds, reason, status }) => ({
    id: String(id),
    key: String(reason).trim(),
    time: [site, user, date, seconds].join(' '),
    status: Number(status),
  }));
}

/** Every response named the same outcome. A confirmed appointment exists; a refused one does not. */
function agrees({ key, outcome, appointmentId, answers }: Wish, held: readonly Held[]): boolean {
  if (answers.size > 1) return false;
  const rowsOfKey = held.filter((row) => row.key === key);
  if (appointmentId !== undefined) return rowsOfKey.some(({ id }) => id === appointmentId);
  return outcome !== 'SLOT_TAKEN' || rowsOfKey.length === 0;
}

const repeated = (values: readonly string[]): number => values.length - new Set(values).size;
