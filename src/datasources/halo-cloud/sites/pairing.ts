import { UpstreamFailed } from '../../../errors.ts';
import { PairingRefused, type PairingRequest, type SiteRecord } from '../halo-session.ts';
import type { UpstreamWrite } from '../transport/upstream-call.ts';
import { practiceQuery, readSite } from './sites.ts';

/**
 * `POST /integrator/pair-site` without a body. The contract has the pairing code in the URL; it is never logged. A 400
 * means that the code was refused (assumption H11).
 */
export function pairingCall({ pms, pmsSiteId, pairingCode }: PairingRequest): UpstreamWrite<SiteRecord> {
  const code = pairingCode === null ? '' : `&pairingCode=${encodeURIComponent(pairingCode)}`;
  return {
    kind: 'pairing',
    method: 'POST',
    route: '/integrator/pair-site',
    path: `/integrator/pair-site?${practiceQuery(pms, pmsSiteId)}${code}`,
    haloGuid: null,
    read: readSite,
    refused(status) {
      if (status === 400) return new PairingRefused();
      return status === 502
        ? new UpstreamFailed(502, { message: 'The practice management software did not accept the pairing.' })
        : undefined;
    },
  };
}
