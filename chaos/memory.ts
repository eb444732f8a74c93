/** Resident memory of a process while it is loaded. */
import { residentMb } from './processes.ts';

export interface MemoryWatch {
  /** Ends a period. Returns its maximum, the mean of its last two seconds, and its slope in MB per minute. */
  stretch(): MemoryStretch;
  stop(): void;
}

export interface MemoryStretch {
  readonly peak: number;
  readonly end: number;
  readonly slope: number;
}

const everyMs = 250;

export function watchMemory(pid: number): MemoryWatch {
  let samples: number[] = [];
  const look = () => samples.push(residentMb(pid));
  const timer = setInterval(look, everyMs);
  return {
    stretch() {
      look();
      const seen = samples;
      samples = [];
      return { peak: Math.max(...seen), end: mean(seen.slice(-2_000 / everyMs)), slope: slopeOf(seen) };
    },
    stop: () => clearInterval(timer),
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Slope by least squares. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const average = mean(values);
  let above = 0;
  let below = 0;
  for (const [at, value] of values.entries()) {
    above += (at - middle) * (value - average);
    below += (at - middle) ** 2;
  }
  return below === 0 ? 0 : (above / below) * (60_000 / everyMs);
}
