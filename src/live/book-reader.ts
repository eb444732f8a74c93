import { randomUUID } from 'node:crypto';
import type { Appointment, AppointmentQuery } from '../datasources/domain/appointment.ts';
import type { PracticeManagementSystem } from '../datasources/domain/pms.ts';
import type {
  ConnectedPractice,
  CostReport,
  HaloSession,
  Notice,
} from '../datasources/halo-cloud/halo-session.ts';
import type { OperationCall } from '../datasources/halo-cloud/session.ts';
import type { RoutedPractice } from '../datasources/practice/choose-source.ts';
import { Stop } from '../lib/stop.ts';
import type { Log } from '../log.ts';

export interface ReaderOptions {
  readonly openSession: (call: OperationCall) => HaloSession;
  readonly routePractice: (connection: ConnectedPractice) => RoutedPractice;
  /** Milliseconds that one read may take. */
  readonly deadlineMs: number;
  readonly log: Log;
}

/**
 * A practice that is read for many callers at once. Each subscriber who gets the data must have access to it, and is
 * recorded in the audit trail.
 */
export interface WatchedPractice {
  readonly pms: PracticeManagementSystem;
  readonly bpSiteId: string;
  /** The faults that the sandbox simulates for these subscribers. */
  readonly simulatedFault?: string | undefined;
}

export interface WorkReport {
  readonly cost: CostReport;
  readonly notices: readonly Notice[];
}

export interface ReadAppointments {
  readonly appointments: readonly Appointment[];
  /** False: records that cannot be read were left out. */
  readonly complete: boolean;
}

export interface BookReader {
  /** Throws like `PracticeData.appointments`. */
  appointments(query: AppointmentQuery): Promise<ReadAppointments>;
  /** Runs another call at the practice, in its own session. */
  run<T>(work: (connection: ConnectedPractice) => Promise<T>): Promise<T>;
  /** The cost of the calls that ended since the last call of this method. */
  takeWork(): readonly WorkReport[];
}

/** Each call has its own session and deadline, because a watch outlives every operation. */
export function createBookReader(practice: WatchedPractice, options: ReaderOptions): BookReader {
  const { openSession, routePractice, deadlineMs, log } = options;
  let ended: WorkReport[] = [];

  async function run<T>(
    work: (connection: ConnectedPractice, session: HaloSession) => Promise<T>,
  ): Promise<T> {
    const signal = new Stop();
    const pass = () => signal.abort(new DOMException('The deadline has passed.', 'TimeoutError'));
    const timer = setTimeout(pass, deadlineMs).unref();
    const endsAt = performance.now() + deadlineMs;
    const session = openSession({
      signal,
      remainingMs: () => endsAt - performance.now(),
      requestId: `live-${randomUUID()}`,
      simulatedFault: practice.simulatedFault,
      log,
    });
    try {
      return await work(await session.practice(practice.pms, practice.bpSiteId), session);
    } finally {
      clearTimeout(timer);
      ended.push({ cost: session.cost(), notices: session.notices() });
    }
  }

  return {
    run,
    appointments: (query) =>
      run(async (connection, session) => {
        const appointments = (await routePractice(connection).read({
          method: 'appointments',
          query,
        })) as readonly Appointment[];
        const complete = session.notices().every(({ code }) => code !== 'ROW_UNREADABLE');
        return { appointments, complete };
      }),
    takeWork() {
      const work = ended;
      ended = [];
      return work;
    },
  };
}
