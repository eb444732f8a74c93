import { haloErrorTable } from '../../error-codes.ts';
import {
  AccessDenied,
  type AccessDeniedReason,
  AuthoritativeServerChanged,
  HaloError,
  NotFound,
  PmsError,
  PracticeIdentityChanged,
  QueryTimedOut,
  RateLimited,
  SiteUnavailable,
  UpstreamFailed,
} from '../../errors.ts';
import { explainConnection } from './explain-connection.ts';
import { explainDatabase } from './explain-database.ts';
import { failed, type Outcome } from './finding.ts';
import type { Place } from './place.ts';

const pairingPlace =
  'in Bp Premier: Setup > Configuration > Database > Setup third-party integrations, tick your product "(via Halo Connect)"';

const denials: Readonly<Record<Exclude<AccessDeniedReason, 'SUBSCRIPTION_KEY_REJECTED'>, Outcome>> = {
  CALLER_IP_NOT_ALLOWED: failed(
    'Halo Cloud does not allow the IP address that this machine calls from (403).',
    "Egress IP: have this machine's Australian egress address added to the allow-list of Halo Connect.",
  ),
  QUOTA_EXCEEDED: failed(
    'The quota of this subscription is used up (403).',
    'Quota: compare the plan with its use in the Halo portal, or wait for the next period.',
  ),
  NOT_PAIRED: failed(
    'There is no pairing between this subscription and the practice (403).',
    `Pairing: have the practice turn it on ${pairingPlace}. Send a new pairing code with the mutation pairSite.`,
  ),
  SCOPE_MISSING: failed('Access was denied.', haloErrorTable.ACCESS_DENIED.operator),
  UNKNOWN: failed(
    'Halo Cloud answers 403 for this site and does not say why. The look-up still names this server.',
    `Pairing: have the practice check it ${pairingPlace}. If it is right, check the egress IP allow-list and the quota in the Halo portal.`,
  ),
};

/** Explains a failure and its fix. Rethrows any error that is not a HaloError. */
export function explain(error: unknown, place: Place): Outcome {
  if (!(error instanceof HaloError)) throw error;
  if (error instanceof UpstreamFailed) return explainConnection(error, place);
  if (error instanceof PmsError) return explainDatabase(error);
  if (error instanceof AccessDenied) {
    return error.reason === 'SUBSCRIPTION_KEY_REJECTED' ? keyRejected(place) : denials[error.reason];
  }
  if (error instanceof RateLimited) {
    const wait = error.retryAfterSeconds;
    return failed(
      'Halo Cloud received too many requests (429).',
      `Rate limit: wait ${wait === null ? 'a while' : `${wait} s`}, and compare with the limits in the Halo portal.`,
    );
  }
  if (error instanceof NotFound) {
    return failed(
      `Halo Cloud knows no Best Practice site with the Bp Site ID ${place.bpSiteId}.`,
      `Bp Site ID: compare it with Help > About in Bp Premier (bottom left). Then check HALO_ENVIRONMENT (${place.environment}), and Halo Link and the pairing at the practice.`,
    );
  }
  if (error instanceof PracticeIdentityChanged) {
    return failed(
      `The practice's server has the name "${error.foundName ?? ''}", not "${error.expectedName ?? ''}". halo-graph does not read from it.`,
      'PRACTICES_FILE: find out whether the practice split, merged or was renamed, then correct its name there.',
    );
  }
  if (error instanceof AuthoritativeServerChanged) {
    return failed(
      `Halo Cloud answers 403 for ${error.haloGuid}, and the look-up names no other server.`,
      'Practice: find out whether its server was replaced. Halo Connect support knows which Halo Link is authoritative.',
    );
  }
  if (error instanceof SiteUnavailable) return siteAway(error.availability);
  if (error instanceof QueryTimedOut) {
    return failed(
      `The practice did not answer within HALO_DEADLINE_MS=${place.deadlineMs}.`,
      'Halo Link at the practice: restart its Windows service "Halo Link Service". If that does not help, raise HALO_DEADLINE_MS.',
    );
  }
  return failed(error.message, haloErrorTable[error.code].operator);
}

/** Explains why a practice's server cannot be reached. */
export function siteAway(availability: SiteUnavailable['availability']): Outcome {
  return failed(
    `The site is ${availability === 'UNREACHABLE' ? 'unreachable: it has sent no heartbeat for two minutes' : 'offline'}.`,
    'Halo Link at the practice: its Windows service "Halo Link Service" must run on a server with internet access.',
  );
}

function keyRejected({ environment, keys }: Place): Outcome {
  const other = environment === 'production' ? 'staging' : 'production';
  return failed(
    `Halo Cloud refuses ${keys > 1 ? 'both subscription keys' : 'the subscription key'} (401).`,
    environment === 'sandbox'
      ? 'HALO_SUBSCRIPTION_KEY: use the key that the sandbox was started with (SANDBOX_KEY).'
      : `HALO_SUBSCRIPTION_KEY: check that it is complete and was not withdrawn. With HALO_ENVIRONMENT=${environment}, a key of ${other} is not valid.`,
  );
}
