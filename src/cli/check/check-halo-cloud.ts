import { randomUUID } from 'node:crypto';
import type { Config, RegisteredPractice } from '../../config.ts';
import { createFacade, type FacadeConfig } from '../../create-facade.ts';
import type { HaloSession } from '../../datasources/halo-cloud/halo-session.ts';
import { settleBounded } from '../../datasources/halo-cloud/transport/bounded.ts';
import { nameOfProxy } from '../../lib/proxy.ts';
import { createLog } from '../../log.ts';
import { checkAccess } from './check-access.ts';
import { checkPractice } from './check-practice.ts';
import type { Finding } from './finding.ts';
import type { Place } from './place.ts';
import { openTrail, type Trail } from './trail.ts';

const practicesAtOnce = 4;

export interface CheckOptions extends FacadeConfig {
  /** On the way to it. @default none */
  readonly proxy?: URL | null;
  /** Empty: what can be known without a practice. */
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
  /** On the way there, without credentials; null: none. */
  readonly proxy: string | null;
  readonly access: readonly Finding[];
  readonly practices: readonly {
    readonly bpSiteId: string;
    readonly findings: readonly Finding[];
  }[];
  /** Calls of Halo Cloud, and those of them that it charges for (assumption H1). */
  readonly cost: { readonly calls: number; readonly charged: number };
}

/** Tries what the server would do, with the server's own parts, and says what works. */
export async function checkHaloCloud(options: CheckOptions): Promise<CheckReport> {
  const { environment, deadlineMs, practices, bpSiteIds, proxy = null, clock = Date.now } = options;
  const { origin, pathname } = new URL(options.baseUrl);
  const baseUrl = `${origin}${pathname.replace(/\/+$/, '')}`;
  const log = createLog('silent');
  // Checks what Halo Cloud says now: no reference data is remembered.
  const facade = createFacade({ ...options, baseUrl, referenceSeconds: 0 }, { proxy, log, clock });
  const proxyName = proxy && nameOfProxy(proxy);
  const cost = { calls: 0, charged: 0 };

  /** One trail in a session of its own, with a deadline of its own. */
  async function trailOf(
    bpSiteId: string | null,
    walk: (trail: Trail, session: HaloSession) => Promise<void>,
    blocked = false,
  ): Promise<readonly Finding[]> {
    const place: Place = { environment, baseUrl, proxy: proxyName, deadlineMs, bpSiteId };
    const session = facade.sessions.openSession({
      signal: AbortSignal.timeout(deadlineMs),
      requestId: randomUUID(),
      simulatedFault: options.simulatedFault,
      log,
    });
    const trail = openTrail(place, blocked);
    await walk(trail, session);
    const { calls, charged } = session.cost();
    cost.calls += calls;
    cost.charged += charged;
    return trail.findings;
  }

  try {
    const access = await trailOf(null, (trail, session) =>
      checkAccess(trail, session, { bpSiteId: bpSiteIds[0], proxy: proxyName }),
    );
    const recordedAs = (bpSiteId: string): RegisteredPractice | undefined =>
      practices.find((each) => each.bpSiteId === bpSiteId);
    const checked = await settleBounded(bpSiteIds, practicesAtOnce, async (bpSiteId) => ({
      bpSiteId,
      findings: await trailOf(
        bpSiteId,
        (trail, session) =>
          checkPractice(trail, session, {
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
