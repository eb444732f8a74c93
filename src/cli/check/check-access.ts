import type { HaloSession } from '../../datasources/halo-cloud/halo-session.ts';
import { AccessDenied, RateLimited } from '../../errors.ts';
import { type Outcome, ok, warning } from './finding.ts';
import type { CheckSteps } from './steps.ts';

// Rests on assumption H27.

/** No practice has this ID. Halo Cloud answers its look-up with an empty list and does not charge for it. */
const unusedBpSiteId = '0';

/** The result of a look-up with one subscription key. Undefined: it succeeded. */
export async function lookUpFault(session: HaloSession, bpSiteId = unusedBpSiteId): Promise<unknown> {
  try {
    await session.sites('BEST_PRACTICE', bpSiteId);
    return undefined;
  } catch (error) {
    return error;
  }
}

export const isKeyRefused = (fault: unknown): boolean =>
  fault instanceof AccessDenied && fault.reason === 'SUBSCRIPTION_KEY_REJECTED';

/** Checks the connection, the keys and the access of this caller, all with one look-up for each key. */
export async function checkAccess(
  steps: CheckSteps,
  {
    primary,
    secondary,
    proxy,
  }: {
    readonly primary: unknown;
    /** Null: there is no secondary key. */
    readonly secondary: unknown;
    readonly proxy: string | null;
  },
): Promise<void> {
  const fault = isKeyRefused(primary) && secondary !== null ? secondary : primary;
  const refused = fault instanceof AccessDenied || fault instanceof RateLimited;
  await steps.step('Halo Cloud', async () => {
    if (fault !== undefined && !refused) throw fault;
    return ok(proxy === null ? 'It answers.' : `It answers through the proxy ${proxy}.`);
  });
  await steps.step('key', async () => {
    if (isKeyRefused(fault)) throw fault;
    if (secondary === null) return ok('Halo Cloud accepts it in this environment.');
    if (isKeyRefused(primary)) return oneRefused('primary', 'first');
    if (isKeyRefused(secondary)) return oneRefused('secondary', 'second');
    return ok('Halo Cloud accepts both keys in this environment.');
  });
  await steps.step('IP, quota', async () => {
    if (fault !== undefined) throw fault;
    return ok('Halo Cloud allows the look-up of sites.');
  });
}

function oneRefused(key: 'primary' | 'secondary', line: 'first' | 'second'): Outcome {
  return warning(
    `Halo Cloud refuses the ${key} key (401) and accepts the other one, which the server uses.`,
    `HALO_SUBSCRIPTION_KEY_FILE: its ${line} line is the ${key} key. Replace it by the current one.`,
  );
}
