import { randomUUID } from 'node:crypto';
import type { Config } from '../../config.ts';
import { createFacade, type FacadeConfig } from '../../create-facade.ts';
import type { HaloSession } from '../../datasources/halo-cloud/halo-session.ts';
import { settleBounded } from '../../datasources/halo-cloud/transport/bounded.ts';
import { nameOfProxy } from '../../lib/proxy.ts';
import { createLog } from '../../log.ts';
import type { RegisteredPractice } from '../../practices-file.ts';
import { checkAccess } from './check-access.ts';
import { checkPractice } from './check-practice.ts';
import type { Finding } from './finding.ts';
import type { Place } from './place.ts';
import { type CheckSteps, createSteps } from './steps.ts';

const practicesAtOnce = 4;

export interface CheckOptions extends FacadeConfig {
  /** The HTTP proxy to Halo Cloud. @default none */
  readonly proxy?: URL | null;
  /** The practices to check. Empty: only the connection, the key and the access are checked. */
  readonly bpSiteIds: readonly string[];
  /** Faults that the sandbox simulates. @default none */
  readonly simulatedFault?: string;
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
}

export interface CheckReport {
  readonly allRight: boolean;
  readonly environment: Config['environment'];
  /** Without credentials. */
  readonly baseUrl: string;
  /** The proxy's URL without credentials; null: none. */
  readonly proxy: string | null;
  readonly access: readonly Finding[];
  readonly practices: readonly {
    readonly bpSiteId: string;
    readonly findings: readonly Finding[];
  }[];
  /** Calls to Halo Cloud, and how many of them are charged (assumption H1). */
  readonly cost: { readonly calls: number; readonly charged: number };
}

/** Checks what the server needs from Halo Cloud, with the server's own code. */
export async function checkHaloCloud(options: CheckOptions): Promise<CheckReport> {
  const { environment, deadlineMs, practices, bpSiteIds, proxy = null, clock = Date.now } = options;
  const { origin, pathname } = new URL(options.baseUrl);
  const baseUrl = `${origin}${pathname.replace(/\/+$/, '')}`;
  const log = createLog('silent');
  // The check reads current data only, so reference data is not cached.
  const facade = createFacade({ ...options, baseUrl, referenceSeconds: 0 }, { proxy, log, clock });
  const proxyName = proxy && nameOfProxy(proxy);
  const cost = { calls: 0, charged: 0 };

  /** Runs steps in a session and a deadline of their own. */
  async function runSteps(
    bpSiteId: string | null,
    check: (steps: CheckSteps, session: HaloSession) => Promise<void>,
    blocked = false,
  ): Promise<readonly Finding[]> {
    const place: Place = { environment, baseUrl, proxy: proxyName, deadlineMs, bpSiteId };
    const session = facade.sessions.openSession({
      signal: AbortSignal.timeout(deadlineMs),
      requestId: randomUUID(),
      simulatedFault: options.simulatedFault,
      log,
    });
    const steps = createSteps(place, blocked);
    await check(steps, session);
    const { calls, charged } = session.cost();
    cost.calls += calls;
    cost.charged += charged;
    return steps.findings;
  }

  try {
    const access = await runSteps(null, (steps, session) =>
      checkAccess(steps, session, { bpSiteId: bpSiteIds[0], proxy: proxyName }),
    );
    const recordedAs = (bpSiteId: string): RegisteredPractice | undefined =>
      practices.find((each) => each.bpSiteId === bpSiteId);
    const checked = await settleBounded(bpSiteIds, practicesAtOnce, async (bpSiteId) => ({
      bpSiteId,
      findings: await runSteps(
        bpSiteId,
        (steps, session) =>
          checkPractice(steps, session, {
            bpSiteId,
            recorded: recordedAs(bpSiteId),
            source: options.source,
            routePractice: facade.routePractice,
            clock,
          }),
        !isAllRight(access),
      ),
    }));
    const reports = checked.map((each) => {
      if (each instanceof Error) throw each;
      return each;
    });
    const allRight = [access, ...reports.map(({ findings }) => findings)].every(isAllRight);
    return { allRight, environment, baseUrl, proxy: proxyName, access, practices: reports, cost };
  } finally {
    await facade.close();
  }
}

function isAllRight(findings: readonly Finding[]): boolean {
  return findings.every(({ state }) => state === 'ok' || state === 'warning');
}
