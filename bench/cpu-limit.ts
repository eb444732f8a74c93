/** Limits what processes may use of a core, with any kernel: a process that has used its share is stopped for a moment. */
import { cpuMs } from './processes.ts';

const checkMs = 3;
/** What a process did not use in time is lost. */
const maxCreditMs = 15;

/** @param share of one core, for each process. Returns the function that ends the limit. */
export function limitCpu(pids: readonly number[], share: number): () => void {
  const states = pids.map((pid) => ({ pid, used: cpuMs(pid), credit: 0, stopped: false }));
  let checkedAt = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    const earned = (now - checkedAt) * share;
    checkedAt = now;
    for (const state of states) {
      const used = cpuMs(state.pid);
      state.credit = Math.min(state.credit + earned - (used - state.used), maxCreditMs);
      state.used = used;
      if (state.credit < 0 !== state.stopped) {
        state.stopped = state.credit < 0;
        process.kill(state.pid, state.stopped ? 'SIGSTOP' : 'SIGCONT');
      }
    }
  }, checkMs);
  return () => {
    clearInterval(timer);
    for (const { pid, stopped } of states) if (stopped) process.kill(pid, 'SIGCONT');
  };
}
