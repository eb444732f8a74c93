import type { HaloSession } from '../../datasources/halo-cloud/halo-session.ts';
import { AccessDenied, RateLimited } from '../../errors.ts';
import { ok } from './finding.ts';
import type { Trail } from './trail.ts';

// Rests on assumption H27.

/** Nobody's: a look-up for it needs no practice, is not charged, and is answered by an empty list. */
const nobodys = '0';

/** Connection, key, and whether this caller is let in at all: one look-up tells all three. */
export async function checkAccess(
  trail: Trail,
  session: HaloSession,
  { bpSiteId = nobodys, proxy }: { readonly bpSiteId: string | undefined; readonly proxy: string | null },
): Promise<void> {
  const fault: unknown = await session.sites('BEST_PRACTICE', bpSiteId).then(
    () => undefined,
    (error: unknown) => error,
  );
  const refused = fault instanceof AccessDenied || fault instanceof RateLimited;
  await trail.step('Halo Cloud', async () => {
    if (fault !== undefined && !refused) throw fault;
    return ok(proxy === null ? 'It answers.' : `It answers, through the proxy ${proxy}.`);
  });
  await trail.step('key', async () => {
    if (fault instanceof AccessDenied && fault.reason === 'SUBSCRIPTION_KEY_REJECTED') throw fault;
    return ok('It is accepted, in this environment.');
  });
  await trail.step('IP, quota', async () => {
    if (fault !== undefined) throw fault;
    return ok('The look-up of sites was let through.');
  });
}
