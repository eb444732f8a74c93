/** How much of an operation's time its writes have. */
import type { WriteTime } from './datasources/halo-cloud/transport/upstream-call.ts';
import { countdown, Deadline } from './lib/deadline.ts';

/** Time that is reserved to read, after a write has timed out, whether it was made. With a short deadline, a third of it. */
export const reserveMs = 5_000;
/** A write is not sent when it would have less time than this for its response. With a short deadline, a sixth of it. */
const minWriteMs = 5_000;

/** @param deadlines receives the deadlines of writes, once they are needed */
export function writeTimeOf(deadlines: Deadline[], deadlineMs: number): WriteTime {
  const remainingMs = countdown(deadlineMs - Math.min(reserveMs, Math.ceil(deadlineMs / 3)));
  const minMs = Math.min(minWriteMs, Math.floor(deadlineMs / 6));
  const after = (ms: number): Deadline => {
    const deadline = new Deadline(ms);
    deadlines.push(deadline);
    return deadline;
  };
  let signal: Deadline | undefined;
  let sendBy: Deadline | undefined;
  return {
    signal: () => (signal ??= after(remainingMs())),
    sendBy: () => (sendBy ??= after(remainingMs() - minMs)),
    remainingMs,
    minMs,
  };
}
