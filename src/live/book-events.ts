/** The events of an appointment book. Every subscriber of one selection gets the same object. */
import type { Appointment, AppointmentStatus } from '../datasources/domain/appointment.ts';
import type { CostReport, Notice } from '../datasources/halo-cloud/halo-session.ts';
import { addCosts } from '../datasources/halo-cloud/transport/add-costs.ts';
import type { HaloErrorCode } from '../error-codes.ts';
import type { HaloError } from '../errors.ts';
import type { Instant } from '../time/types.ts';

import type { ChangeKind } from './book-changes.ts';

export interface BookChange {
  readonly kind: ChangeKind;
  readonly appointment: Appointment;
  /** Null if it did not change, or if the book did not have the appointment before. */
  readonly previousStart: Instant | null;
  readonly previousStatus: AppointmentStatus | null;
  readonly previousUserId: string | null;
}

/** The work since the previous event of this book. It belongs to the first subscriber who gets the event. */
interface Work {
  readonly cost: CostReport;
  readonly notices: readonly Notice[];
}

export interface BookSnapshot extends Work {
  readonly kind: 'snapshot';
  readonly cursor: string;
  /** UTC. */
  readonly asOf: Instant;
  readonly maxLagSeconds: number;
  /** False: records that cannot be read were left out. */
  readonly complete: boolean;
  readonly appointments: readonly Appointment[];
}

export interface BookChanged extends Work {
  readonly kind: 'changed';
  readonly cursor: string;
  readonly asOf: Instant;
  readonly changes: readonly BookChange[];
}

export interface BookGap extends Work {
  readonly kind: 'gap';
  /** UTC. */
  readonly since: Instant;
  readonly reason: HaloErrorCode;
  readonly message: string;
  readonly retryAfterSeconds: number | null;
  readonly error: HaloError;
}

/** The last event. */
export interface BookFailed extends Work {
  readonly kind: 'failed';
  readonly error: HaloError;
}

export type BookEvent = BookSnapshot | BookChanged | BookGap | BookFailed;

const taken = new WeakSet<object>();

/** The cost of an event for its first subscriber. For the others, the saved calls. */
export function takeCost(event: Pick<Work, 'cost'>): CostReport {
  const { cost } = event;
  if (!taken.has(event)) {
    taken.add(event);
    return cost;
  }
  const nothing = addCosts([]);
  return { ...nothing, saved: { ...nothing.saved, coalesced: cost.calls } };
}
