import type { AdmissionControl, CallEnded } from './admission-control.ts';
import type { CallOutcome } from './call-outcome.ts';
import { tooLateToSend } from './failure.ts';
import type { CallContext, UpstreamWrite } from './upstream-call.ts';

// Rests on assumption H37.

/** Throws when a write would be sent with too little time left. `outcome` is then one of a call that was never sent. */
export function mustHaveTime(
  { kind }: UpstreamWrite<unknown>,
  { writeTime }: CallContext,
  outcome?: CallOutcome,
): void {
  if (!writeTime) return;
  const remainingMs = writeTime.remainingMs();
  if (remainingMs >= writeTime.minMs) return;
  if (outcome) outcome.failure = 'aborted';
  throw tooLateToSend(kind, remainingMs, writeTime.minMs);
}

/**
 * Admits a write. If it waits for other calls of the practice, it leaves the queue when too little time is left to send it.
 * Without a time limit for writes, it waits as long as the operation.
 */
export async function admitInTime(
  admissionControl: AdmissionControl,
  call: UpstreamWrite<unknown>,
  context: CallContext,
): Promise<CallEnded> {
  const { writeTime } = context;
  const sendBy = writeTime?.sendBy() ?? context.signal;
  try {
    return await admissionControl.enter(call, context, sendBy);
  } catch (error) {
    if (!writeTime || !sendBy.aborted) throw error;
    throw tooLateToSend(call.kind, writeTime.remainingMs(), writeTime.minMs);
  }
}

/**
 * A write that Halo Cloud drops from its queue when it has waited too long. So it does not begin after its caller got
 * OUTCOME_UNKNOWN. Half of `minMs` is kept for its execution, which is as long as a write waits for a lock.
 */
export function limitQueue<T>(call: UpstreamWrite<T>, { writeTime }: CallContext): UpstreamWrite<T> {
  if (!writeTime || !call.bodyWithin) return call;
  const maxQueueMs = Math.floor(writeTime.remainingMs() - writeTime.minMs / 2);
  // Negative when the process stood still since `mustHaveTime`.
  return { ...call, body: call.bodyWithin(Math.max(0, maxQueueMs)) };
}
