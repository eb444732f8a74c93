import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createFacade, type FacadeConfig } from '../../create-facade.ts';
import type { HaloSession } from '../../datasources/halo-cloud/halo-session.ts';
import { codesOf } from '../../datasources/sql-passthrough/codes.ts';
import { HaloError, NotFound, OperationNotSupported } from '../../errors.ts';
import { createLog } from '../../log.ts';
import { type ChargedCalls, countChargedCalls } from './charged-calls.ts';
import type { Facts, Line, Parts, Verdict } from './line.ts';
import { cannotTell } from './line.ts';
import { everyLine, firstReadings, secondReadings } from './lines.ts';
import { readFhir } from './read-fhir.ts';
import { readSql, reasonOf } from './read-sql.ts';
import { registerQuery, watchRegistered } from './run-registered.ts';
import { untested } from './untested.ts';

export interface ConfirmOptions extends FacadeConfig {
  /** The HTTP proxy to Halo Cloud. @default none */
  readonly proxy?: URL | null;
  readonly bpSiteId: string;
  /** Whether a registered query is tested too. It costs one more charged call. */
  readonly registered: boolean;
  /** Faults that the sandbox simulates. @default none */
  readonly simulatedFault?: string;
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
  /** Waits between two checks of the registered query. @default a timer */
  readonly wait?: (ms: number) => Promise<void>;
}

export interface ConfirmedLine extends Pick<Line, 'id' | 'about'> {
  readonly state: Verdict['state'];
  readonly found: string;
  /** What to change, and where. Null if the assumption holds, and if the reads cannot decide it. */
  readonly remedy: string | null;
}

/** Contains no key, no patient data, and nothing that identifies the practice. */
export interface ConfirmReport {
  readonly environment: FacadeConfig['environment'];
  readonly bpPremierVersion: string | null;
  readonly haloLinkVersion: string | null;
  readonly lines: readonly ConfirmedLine[];
  /** The counts that the lines rest on, by reading and value. */
  readonly readings: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly untested: typeof untested;
  readonly cost: ChargedCalls['cost'];
}

/**
 * Reads counts and shapes at one practice and compares them with what halo-graph assumes. Changes nothing. Throws HaloError where
 * the practice cannot be found or reached.
 */
export async function confirmPractice(options: ConfirmOptions): Promise<ConfirmReport> {
  const { environment, deadlineMs, bpSiteId, proxy = null, clock = Date.now } = options;
  const log = createLog('silent');
  // No answer comes from the cache.
  const facade = createFacade({ ...options, referenceSeconds: 0 }, { proxy, log, clock });
  const openSession = () =>
    facade.sessions.openSession({
      signal: AbortSignal.timeout(deadlineMs),
      requestId: randomUUID(),
      simulatedFault: options.simulatedFault,
      log,
    });
  const calls = countChargedCalls(openSession, options.registered ? 1 : 0);
  const connect = (session: HaloSession) => session.practice('BEST_PRACTICE', bpSiteId);
  try {
    const { sites, site } = await findSite(calls, bpSiteId, connect);
    const missing = new Map<string, string>();
    const parts: Partial<Parts> = { sites, site };
    const sql = await readSql(calls.call, connect);
    for (const [name, reason] of sql.missing) missing.set(name, reason);
    if (sql.row) Object.assign(parts, { row: sql.row });
    try {
      const capability = await calls.call(0, async (session) => (await connect(session)).capability());
      if (capability) {
        const fhir = await readFhir(calls.call, connect, capability, sql.counts, missing);
        Object.assign(parts, { capability }, fhir);
      }
    } catch (error) {
      if (!(error instanceof HaloError)) throw error;
      for (const name of ['capability', 'appointments', 'roles', 'locations'])
        missing.set(name, reasonOf(error));
    }
    if (!options.registered) missing.set('registered', 'Run it with --registered: one charged call more.');
    else await tryRegistered(openSession, connect, options, parts, missing, calls);
    const recorded = options.practices.find((practice) => practice.bpSiteId === bpSiteId);
    const facts: Facts = { parts, counts: sql.counts, missing, recorded, now: clock() };
    return {
      environment,
      bpPremierVersion: site.pmsVersion,
      haloLinkVersion: site.haloLinkVersion,
      lines: everyLine.map((line) => judge(line, facts)),
      readings: shown(facts),
      untested,
      cost: calls.cost,
    };
  } finally {
    await facade.close();
  }
}

/** None of these calls is charged. */
async function findSite(
  { call }: ChargedCalls,
  bpSiteId: string,
  connect: (session: HaloSession) => ReturnType<HaloSession['practice']>,
) {
  const found = await call(0, async (session) => {
    const sites = await session.sites('BEST_PRACTICE', bpSiteId);
    if (sites.length === 0) throw new NotFound();
    const { haloGuid, pms } = await connect(session);
    if (pms !== 'BEST_PRACTICE') throw new OperationNotSupported({ operation: 'READ_APPOINTMENTS', pms });
    return { sites, site: await session.site(haloGuid) };
  });
  if (!found) throw new Error('A call without charge is always made.');
  return found;
}

async function tryRegistered(
  openSession: () => HaloSession,
  connect: (session: HaloSession) => ReturnType<HaloSession['practice']>,
  { clock = Date.now, wait = pause }: ConfirmOptions,
  parts: Partial<Parts>,
  missing: Map<string, string>,
  { cost }: ChargedCalls,
): Promise<void> {
  // The charged call that this test needs was reserved before.
  const calls = countChargedCalls(openSession, 0);
  const withSite = async <T>(work: (sqlSite: Awaited<ReturnType<typeof connect>>['sqlSite']) => Promise<T>) =>
    (await calls.call(0, async (session) => work((await connect(session)).sqlSite))) as T;
  try {
    const query = await withSite((sqlSite) => registerQuery(sqlSite, clock));
    const registered = await watchRegistered(query, withSite, { now: clock, wait });
    Object.assign(parts, { registered });
  } catch (error) {
    if (!(error instanceof HaloError)) throw error;
    missing.set('registered', reasonOf(error));
  } finally {
    cost.calls += calls.cost.calls;
    cost.charged += calls.cost.charged;
  }
}

function judge({ id, about, needs, remedy, verdict }: Line, facts: Facts): ConfirmedLine {
  const { parts, counts, missing, recorded, now } = facts;
  const lacking = needs.find((name) => !(name in parts) && !counts.has(name));
  const count = (name: string) => counts.get(name) ?? new Map<string, number>();
  const evidence = { ...(parts as Parts), count, codes: codesOf(recorded?.codeOverrides), recorded, now };
  const found: Verdict =
    lacking === undefined
      ? verdict(evidence)
      : cannotTell(missing.get(lacking) ?? `${lacking} was not read.`);
  return {
    id,
    about,
    state: found.state,
    found: found.found,
    remedy: found.state === 'does not hold' ? (found.remedy ?? remedy) : null,
  };
}

function shown({ counts }: Facts): ConfirmReport['readings'] {
  const internal = new Set(
    [...firstReadings, ...secondReadings].filter((reading) => reading.internal).map(({ name }) => name),
  );
  return Object.fromEntries(
    [...counts]
      .filter(([name]) => !internal.has(name))
      .map(([name, values]) => [name, Object.fromEntries(values)]),
  );
}
