/**
 * A minute of chaos: constant load on ten practices while forty others hang, then while three of the ten go offline, move,
 * slow down, are rate-limited, fall silent and come back, and at last connections to Halo Cloud are cut. Then the live act, with replicas of
 * its own, so that its subscribers do not change the times of the first part. Prints the result; exits 1 when a bar is missed.
 *
 * `npm run chaos`, `npm run chaos -- --seconds 20 --rate 60`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { barsOf } from './bars.ts';
import { createClient } from './client.ts';
import { queryHanging } from './hanging.ts';
import { runLiveAct } from './live/act.ts';
import { liveBarsOf } from './live/bars.ts';
import { createLoad } from './load.ts';
import { type MemoryStretch, watchMemory } from './memory.ts';
import { cores, startFacade, startSandbox } from './processes.ts';
import { startProxy } from './proxy.ts';
import { report } from './report.ts';
import type { CoreShare, Run } from './run.ts';
import { cuts, storm } from './storm.ts';
import { day, dayBook, must, prepare } from './work.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '60' },
    latency: { type: 'string', default: '20' },
  },
});
const rate = Number(values.rate);
const latencyMs = Number(values.latency);
const totalMs = Number(values.seconds) * 1000;
/** Phases: the first quarter is calm, then comes the storm; in the last twelfth connections are cut. */
const [quietMs, cutsMs] = [totalMs / 4, totalMs / 12];
const stormMs = totalMs - quietMs - cutsMs;
const warmUpMs = 10_000;
const calmMs = 10_000;
const deadlineMs = 5_000;
const hangingMs = 3 * deadlineMs;

const all = Array.from({ length: 10 }, (_, at) => String(9001 + at));
const broken = ['9002', '9005', '9008'];
/** Practices that hang at the same time. They have no other load. */
const hanging = Array.from({ length: 40 }, (_, at) => String(9011 + at));

const now = new Map<string, string>();
let phase = 'warm-up';
const calls = new Map<string, number>();
/** The current fault of each broken practice. */
const label = (bpSiteId: string): string =>
  phase === 'storm' && broken.includes(bpSiteId) ? (now.get(bpSiteId) ?? 'mended') : phase;

const place = mkdtempSync(join(tmpdir(), 'halo-graph-chaos-'));
const sandbox = await startSandbox(latencyMs);
const proxy = await startProxy(sandbox.url, (bpSiteId) => {
  if (broken.includes(bpSiteId)) calls.set(label(bpSiteId), (calls.get(label(bpSiteId)) ?? 0) + 1);
});
const facade = await startFacade({ haloCloud: proxy.url, place, deadlineMs });
const client = createClient(facade.url, facade.authorization);
// Other clients have their own connections.
const othersClient = createClient(facade.url, facade.authorization);
const practices = await Promise.all(all.map((bpSiteId) => prepare(client, bpSiteId)));
// The sandbox generates a practice's database at the first query, which takes 30 ms of its only thread. 40 at once would
// stop the sandbox for more than a second, and healthy practices would wait for it instead of for the facade.
for (const site of hanging) await must(client, dayBook, { site, from: day(0) });
const load = createLoad(client, practices, label);
const memory = watchMemory(facade.pid);
const stretches = new Map<string, MemoryStretch>();
const metrics = new Map<string, string>();
const shares = new Map<string, readonly CoreShare[]>();

async function breakSite(bpSiteId: string, fault: string | null): Promise<void> {
  const body = JSON.stringify({ bpSiteId, fault });
  const { status } = await fetch(`${sandbox.url}/sandbox/faults`, { method: 'POST', body });
  if (status !== 200) throw new Error(`The sandbox answered ${status} to ${body}.`);
  if (fault === null) now.delete(bpSiteId);
  else now.set(bpSiteId, fault);
}

async function during(name: string, forMs: number, happening?: () => Promise<unknown>): Promise<void> {
  phase = name;
  const watched = [facade.pid, sandbox.pid, process.pid];
  const before = watched.map(cores);
  const began = performance.now();
  await Promise.all([load.run(rate, forMs), happening?.()]);
  metrics.set(name, await client.metrics());
  stretches.set(name, memory.stretch());
  const seconds = (performance.now() - began) / 1000;
  shares.set(
    name,
    watched.map(cores).map(({ had, waited }, at) => ({
      had: (had - (before[at]?.had ?? 0)) / seconds,
      waited: (waited - (before[at]?.waited ?? 0)) / seconds,
    })),
  );
}

/** Milliseconds until each practice has responded again. */
function recovery(): Promise<readonly number[]> {
  const began = performance.now();
  return Promise.all(
    all.map(async (site) => {
      while (performance.now() - began < 120_000) {
        if ((await client.execute(dayBook, { site, from: day(1) })).outcome === 'OK')
          return performance.now() - began;
        await pause(500);
      }
      return Number.POSITIVE_INFINITY;
    }),
  );
}

let cut = 0;
let met: readonly string[] = [];
await during('warm-up', warmUpMs);
await load.drained();
const retainedBefore = await facade.retained();
// The garbage collection also discards compiled code.
await during('warm-up', warmUpMs);
await during('quiet', quietMs);
await Promise.all(hanging.map((bpSiteId) => breakSite(bpSiteId, 'hang')));
await during('hanging', hangingMs, async () => {
  met = await queryHanging(othersClient, {
    practices: hanging,
    withinMs: 0.8 * deadlineMs,
    forMs: hangingMs,
  });
});
await during('storm', stormMs, () => storm(broken, stormMs, breakSite));
await during('cuts', cutsMs, async () => {
  cut = await cuts(proxy, cutsMs);
});
const recovering = recovery();
await during('calm', calmMs);
const recovered = await recovering;
await load.drained();
const retainedAfter = await facade.retained();
phase = 'end';
await load.bookings.settle();
const audit = await load.bookings.audit(client, practices);
memory.stop();
client.close();
othersClient.close();
const endedEarly = facade.ended() || sandbox.ended();
const exitCode = await facade.stop();
await sandbox.stop();
proxy.close();

const run: Run = {
  about: { rate, latencyMs, deadlineMs, seconds: totalMs / 1000 },
  samples: load.samples,
  hanging: met,
  healthy: all.filter((bpSiteId) => !broken.includes(bpSiteId)),
  broken,
  calls,
  shares,
  cut,
  stretches,
  retained: { before: retainedBefore, after: retainedAfter },
  metrics,
  recovered,
  audit,
  facade: { logFile: facade.logFile, complaints: facade.complaints(), endedEarly, exitCode },
};
const live = await runLiveAct(place);
const bars = [...barsOf(run), ...liveBarsOf(live)];
const verdicts = bars.map(({ line, met }) => `${met ? 'ok    ' : 'MISSED'} ${line}`);
process.stdout.write(`${report(run)}\n\n${verdicts.join('\n')}\n`);

if (bars.every(({ met }) => met)) rmSync(place, { recursive: true });
else {
  process.exitCode = 1;
  process.stdout.write(`The facades' logs: ${place}\n`);
}
