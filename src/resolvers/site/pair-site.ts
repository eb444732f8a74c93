import type { GraphContext } from '../../context.ts';
import type { PracticeManagementSystem } from '../../datasources/domain/pms.ts';
import { PairingRefused } from '../../datasources/halo-cloud/halo-session.ts';
import { InvalidInput } from '../../errors.ts';
import { InputCheck } from '../check-input.ts';
import type { Site } from '../entities.ts';
import { siteOf } from './sites.ts';

export interface PairSiteInput {
  readonly pmsSiteId: string;
  readonly pms: PracticeManagementSystem;
  readonly pairingCode?: string | null | undefined;
}

export interface SitePayload {
  readonly site: Site;
}

const path = ['input', 'pairingCode'];
const longestCode = 100;

/** `Mutation.pairSite` */
export async function pairSite(
  _root: unknown,
  { input }: { readonly input: PairSiteInput },
  context: GraphContext,
): Promise<SitePayload> {
  const { pms } = input;
  const check = new InputCheck();
  const pmsSiteId = check.siteId(['input', 'pmsSiteId'], input.pmsSiteId);
  const pairingCode = check.text(path, input.pairingCode, longestCode);
  if (pairingCode === null && pms === 'BEST_PRACTICE') {
    check.reject(path, 'Enter the pairing code that the practice generated in Bp Premier.');
  }
  check.done();
  try {
    return { site: siteOf(await context.session.pair({ pms, pmsSiteId, pairingCode })) };
  } catch (error) {
    if (!(error instanceof PairingRefused)) throw error;
    throw new InvalidInput([
      { path, message: 'Halo Cloud does not accept this pairing code. It is wrong or was already used.' },
    ]);
  }
}
