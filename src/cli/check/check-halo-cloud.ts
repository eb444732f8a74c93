import { randomUUID } from 'node:crypto';
import type { Config } from '../../config.ts';
import { createFacade, type Facade, type FacadeConfig } from '../../create-facade.ts';
import type { HaloSession } from '../../datasources/halo-cloud/halo-session.ts';
import { settleBounded } from '../../datasources/halo-cloud/transport/bounded.ts';
import { deploymentNote } from '../../deployment-note.ts';
import { nameOfProxy } from '../../lib/proxy.ts';
import { createLog } from '../../log.ts';
import type { RegisteredPractice } from '../../practices-file.ts';
import { checkAccess, isKeyRefused, lookUpFault } from './check-access.ts';
import { checkPractice } from './check-practice.ts';
import { type Finding, warning } from './finding.ts';
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
  const facadeWith = (subscriptionKey: string): Facade =>
    createFacade(
      {
        ...options,
        ...{ baseUrl, subscriptionKey, secondaryKey: undefined, subscriptionKeyFile: undefined },
        referenceSeconds: 0,
      },
      { proxy, log, clock },
    );
  const { secondaryKey } = options;
  const primary = facadeWith(options.subscriptionKey);
  const secondary = secondaryKey === undefined ? null : facadeWith(secondaryKey);
  let facade = primary;
  const proxyName = proxy && nameOfProxy(proxy);
  const cost = { calls: 0, charged: 0 };

  /** Runs something in a session and a deadline of its own. */
  async function inSession<T>(of: Facade, run: (session: HaloSession) => Promise<T>): Promise<T> {
    const session = of.sessions.openSession({
      signal: AbortSignal.timeout(deadlineMs),
      requestId: randomUUID(),
      simulatedFault: options.simulatedFault,
      log,
    });
    const result = await run(session);
    const { calls, charged } = session.cost();
    cost.calls += calls;
    cost.charged += charged;
    return result;
  }

  async function runSteps(
    bpSiteId: string | null,
    check: (steps: CheckSteps) => Promise<void>,
    blocked = false,
  ): Promise<readonly Finding[]> {
    const keys = secondary ? 2 : 1;
    const place: Place = { environment, baseUrl, proxy: proxyName, deadlineMs, bpSiteId, keys };
    const steps = createSteps(place, blocked);
    await check(steps);
    return steps.findings;
  }

  try {
    const lookUp = (of: Facade) => inSession(of, (session) => lookUpFault(session, bpSiteIds[0]));
    const faults = { primary: await lookUp(primary), secondary: secondary && (await lookUp(secondary)) };
    if (secondary && isKeyRefused(faults.primary)) facade = secondary;
    const deployment = deploymentNote(options);
    const access = await runSteps(null, async (steps) => {
      await checkAccess(steps, { ...faults, proxy: proxyName });
      if (deployment) await steps.step('live book', async () => warning(deployment.said, deployment.fix));
    });
    const recordedAs = (bpSiteId: string): RegisteredPractice | undefined =>
      practices.find((each) => each.bpSiteId === bpSiteId);
    const checked = await settleBounded(bpSiteIds, practicesAtOnce, async (bpSiteId) => ({
      bpSiteId,
      findings: await runSteps(
        bpSiteId,
        (steps) =>
          inSession(facade, (session) =>
            checkPractice(steps, session, {
              bpSiteId,
              recorded: recordedAs(bpSiteId),
              source: options.source,
              routePractice: facade.routePractice,
              clock,
            }),
          ),
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
    await Promise.all([primary.close(), secondary?.close()]);
  }
}

function isAllRight(findings: readonly Finding[]): boolean {
  return findings.every(({ state }) => state === 'ok' || state === 'warning');
}
