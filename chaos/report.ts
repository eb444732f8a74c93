/** Prints the numbers of a run. */
import { cpus, loadavg } from 'node:os';
import type { Sample } from './load.ts';
import { during, phases, type Run, ratioOf, samplesOf } from './run.ts';
import { faults } from './storm.ts';
import { grouped, outcomes, percentile, table } from './tally.ts';

/** Maximum share of time that the facade may wait for a core. Above it, times mean little. */
const busy = 0.1;

export function report(run: Run): string {
  return [machine(run), healthy(run), ratios(run), broken(run), resources(run), cores(run), booked(run)].join(
    '\n\n',
  );
}

function machine({ about }: Run): string {
  const load = loadavg().map((each) => each.toFixed(1));
  return (
    `${about.seconds} s at ${about.rate} operations/s, upstream latency ${about.latencyMs} ms, deadline ${about.deadlineMs} ms; ` +
    `Node ${process.version}, ${cpus().length} cores, load average ${load.join(' ')}`
  );
}

function healthy(run: Run): string {
  const samples = samplesOf(run, run.healthy);
  return [
    `Healthy practices (${run.healthy.length}): operations, p50, p99 in ms, outcomes`,
    table(phases.map((phase) => [phase, ...numbers(during(samples, phase))])),
  ].join('\n');
}

function ratios(run: Run): string {
  const samples = samplesOf(run, run.healthy);
  const p99 = (list: readonly Sample[], phase: string) => percentile(during(list, phase), 0.99);
  const groups: readonly (readonly [string, readonly Sample[]])[] = [
    ...[...grouped(samples, ({ kind }) => kind)].sort(),
    ...[...grouped(samples, ({ bpSiteId }) => bpSiteId)].sort(),
    ['all of them', samples],
  ];
  return [
    'Their p99 in ms, quiet and storm, and its ratio',
    table(
      groups.map(([name, list]) => [name, p99(list, 'quiet'), p99(list, 'storm'), ratioOf(list).toFixed(2)]),
    ),
  ].join('\n');
}

function broken(run: Run): string {
  const samples = samplesOf(run, run.broken);
  const labels = ['quiet', ...faults, 'mended', 'cuts', 'calm'];
  const lines = labels.map((label) => {
    const [count, p50, p99, text] = numbers(during(samples, label));
    return [label, count, p50, p99, run.calls.get(label) ?? 0, text];
  });
  const seconds = run.recovered.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', ');
  return [
    `Broken practices (${run.broken.length}): operations, p50, p99 in ms, calls on their way to the site, outcomes`,
    table(lines),
    `${run.cut} connections cut. Everybody answers again after ${seconds}`,
  ].join('\n');
}

function resources({ stretches, metrics }: Run): string {
  const lines = phases.map((phase) => {
    const { peak, end, slope } = stretches.get(phase) ?? { peak: 0, end: 0, slope: 0 };
    const gauge = (name: string) =>
      Number(new RegExp(`^nodejs_${name} (\\S+)`, 'm').exec(metrics.get(phase) ?? '')?.[1]);
    const lag = (which: string) => gauge(`eventloop_lag_${which}_seconds`) * 1000;
    const heap = gauge('heap_size_used_bytes') / 2 ** 20;
    return [phase, peak, end, slope, lag('p99'), lag('max'), heap.toFixed(0)];
  });
  return [
    'Facade: resident MB at most, at the end, slope in MB/min; event loop p99 and most in ms; heap used in MB',
    table(lines),
  ].join('\n');
}

function cores({ shares }: Run): string {
  const percent = (share: number) => (share * 100).toFixed(0);
  const lines = phases.map((phase) => [
    phase,
    ...(shares.get(phase) ?? []).map(({ had, waited }) => `${percent(had)} + ${percent(waited)}`),
  ]);
  const waited = Math.max(
    ...['quiet', 'hanging', 'storm'].map((phase) => shares.get(phase)?.[0]?.waited ?? 0),
  );
  return [
    'Cores in %, had + waited for: facade, sandbox, load',
    table(lines),
    ...(waited > busy
      ? ['The facade waited for a core: the times above are those of other processes too.']
      : []),
  ].join('\n');
}

function booked({ audit }: Run): string {
  return (
    `Bookings: ${audit.keys} keys: ${audit.booked} booked, ${audit.taken} taken, ${audit.unknown} unknown, ` +
    `${audit.refused} refused; ${audit.rows} rows`
  );
}

function numbers(samples: readonly Sample[]): [number, number, number, string] {
  return [samples.length, percentile(samples, 0.5), percentile(samples, 0.99), outcomes(samples)];
}
