/** The bars of a chaos run. */
import { readFileSync } from 'node:fs';
import { isTyped } from './client.ts';
import { during, type Run, ratioOf, samplesOf } from './run.ts';
import { outcomes } from './tally.ts';

export interface Bar {
  readonly line: string;
  readonly met: boolean;
}

const maxRatio = 2;
/** Includes 10 MB for our source map: Node parses it for the first stack trace and keeps it. */
const maxUsedGrowthMb = 20;
/** Allowed above the memory in use: partly free pages, and memory that the allocator keeps. */
const maxResidentGrowthMb = 60;
const maxRecoveryMs = 70_000;
/** Faults that open a breaker: Halo Cloud or the practice does not respond at all. */
const breaking = ['offline', '503', 'cut-connection'];
/** Failed calls allowed per outage of a site: the calls that open the breaker, calls in flight, and probes. */
const maxCallsEach = 12;

export const barsOf = (run: Run): readonly Bar[] => [
  ...wholeness(run),
  typed(run),
  healthyAnswered(run),
  healthyInTime(run, 'storm'),
  healthyInTime(run, 'hanging'),
  hangingFoundOut(run),
  ...memory(run),
  breakers(run),
  recovery(run),
  bookings(run),
];

function wholeness({ facade }: Run): readonly Bar[] {
  const alarms = readFileSync(facade.logFile, 'utf8')
    .split('\n')
    .filter((line) => /Unexpected error|crashed|unhandledRejection|uncaughtException/.test(line));
  const complaints = facade.complaints.trim();
  return [
    {
      line: `the facade ran to the end and stopped with ${facade.exitCode}`,
      met: !facade.endedEarly && facade.exitCode === 0,
    },
    { line: `standard error: ${complaints || 'nothing'}`, met: complaints === '' },
    {
      line: [`unexpected lines in the log: ${alarms.length}`, ...alarms.slice(0, 5)].join('\n'),
      met: alarms.length === 0,
    },
  ];
}

function typed({ samples }: Run): Bar {
  const untyped = samples.filter(({ outcome }) => !isTyped(outcome));
  return {
    line: `failures that are not typed: ${untyped.length} ${outcomes(untyped)}`,
    met: untyped.length === 0,
  };
}

/** Afterwards, bookings whose connection was cut continue. Their outcome stays unknown for up to two minutes. */
function healthyAnswered(run: Run): Bar {
  const healthy = samplesOf(run, run.healthy);
  const failed = ['quiet', 'hanging', 'storm']
    .flatMap((phase) => during(healthy, phase))
    .filter(({ outcome }) => outcome !== 'OK' && outcome !== 'SLOT_TAKEN');
  return {
    line: `healthy practices' failures, quiet, while others hang, and storm: ${failed.length} ${outcomes(failed)}`,
    met: failed.length === 0,
  };
}

function healthyInTime(run: Run, phase: string): Bar {
  const ratio = ratioOf(samplesOf(run, run.healthy), phase);
  return {
    line: `healthy practices' p99, ${phase} over quiet: ${ratio.toFixed(2)}, at most ${maxRatio}`,
    met: ratio <= maxRatio,
  };
}

/** After the first deadline, further callers get SITE_UNAVAILABLE at once. */
function hangingFoundOut({ hanging }: Run): Bar {
  const unavailable = hanging.filter((outcome) => outcome === 'SITE_UNAVAILABLE').length;
  return {
    line: `callers of practices that hang: ${hanging.length}, ${unavailable} of them answered SITE_UNAVAILABLE`,
    met:
      unavailable > 0 &&
      hanging.every((outcome) => outcome === 'SITE_UNAVAILABLE' || outcome === 'QUERY_TIMED_OUT'),
  };
}

function memory({ retained: { before, after } }: Run): readonly Bar[] {
  const used = (after.used - before.used) / 2 ** 20;
  const resident = (after.resident - before.resident) / 2 ** 20;
  return [
    {
      line: `memory in use after a collection, calm above warm-up: ${used.toFixed(0)} MB, at most ${maxUsedGrowthMb}`,
      met: used <= maxUsedGrowthMb,
    },
    {
      line: `the same, resident: ${resident.toFixed(0)} MB, at most ${maxResidentGrowthMb}`,
      met: resident <= maxResidentGrowthMb,
    },
  ];
}

function breakers({ calls, broken }: Run): Bar {
  const sent = breaking.reduce((sum, fault) => sum + (calls.get(fault) ?? 0), 0);
  const each = sent / (breaking.length * broken.length);
  return {
    line: `calls to a site that does not answer, each time: ${each.toFixed(1)}, at most ${maxCallsEach}`,
    met: each <= maxCallsEach,
  };
}

function recovery({ recovered }: Run): Bar {
  const lastMs = Math.max(...recovered);
  return {
    line: `everybody answers again after ${(lastMs / 1000).toFixed(1)} s, at most ${maxRecoveryMs / 1000}`,
    met: lastMs <= maxRecoveryMs,
  };
}

function bookings({ audit: { doubleTimes, doubleKeys, contradicted } }: Run): Bar {
  return {
    line:
      `times with two appointments: ${doubleTimes}, keys with two: ${doubleKeys}, ` +
      `answers that the book contradicts: ${contradicted.join(', ') || 0}`,
    met: doubleTimes + doubleKeys + contradicted.length === 0,
  };
}
