import type { HaloSession } from '../../datasources/halo-cloud/halo-session.ts';
import { AccessDenied, RateLimited } from '../../errors.ts';
import { ok } from './finding.ts';
import type { CheckSteps } from './steps.ts';

// Rests on assumption H27.

/** No practice has this ID. Halo Cloud answers its look-up with an empty list and does not charge for it. */
const unusedBpSiteId = '0';

/** Checks the connection, the key and the access of this caller, all with one look-up. */
export async function checkAccess(
  steps: CheckSteps,
  session: HaloSession,
  {
    bpSiteId = unusedBpSiteId,
    proxy,
  }: { readonly bpSiteId: string | undefined; readonly proxy: string | null },
): Promise<void> {
  const fault: unknown = await session.sites('BEST_PRACTICE', bpSiteId).then(
    () => undefined,
    (error: unknown) => error,
  );
  const refused = fault instanceof AccessDenied || fault instanceof RateLimited;
  await steps.step('Halo Cloud', async () => {
    if (fault !== undefined && !refused) throw fault;
    return ok(proxy === null ? 'It answers.' : `It answers through the proxy ${proxy}.`);
  });
  await steps.step('key', async () => {
    if (fault instanceof AccessDenied && fault.reason === 'SUBSCRIPTION_KEY_REJECTED') throw fault;
    return ok('Halo Cloud accepts it in this environment.');
  });
  await steps.step('IP, quota', async () => {
    if (fault !== undefined) throw fault;
    return ok('Halo Cloud allows the look-up of sites.');
  });
}
