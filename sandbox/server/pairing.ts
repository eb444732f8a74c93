import type { PracticeSpec } from '../practices.ts';
import type { Answer } from './answer.ts';
import { Refusal } from './answer.ts';
import type { Faults } from './faults.ts';
import { tooManyRequests } from './faults.ts';
import { hasMoved, readPmsId, siteBody } from './sites.ts';
import { beforeWrite, executeWrite } from './write-faults.ts';

// Rests on assumption S11.

/** The code that every Best Practice site of the sandbox shows on its screen. */
const pairingCode = 'SANDBX';

/** `POST /integrator/pair-site`. Stores nothing: only the fault `not-paired` decides whether a site is paired. */
export function pairSite(
  practices: readonly PracticeSpec[],
  query: URLSearchParams,
  faultsOf: (bpSiteId: string) => Faults,
): Answer {
  const { id, pms } = readPmsId(query);
  const faults = faultsOf(id);
  if (faults.has('ip-not-allowed')) throw new Refusal(403, 'Caller Ip Not Allowed');
  if (faults.has('quota')) throw new Refusal(403, 'Quota Exceeded. Out of call volume quota.');
  if (faults.has('429')) throw tooManyRequests();
  if (faults.has('500')) throw new Refusal(500, 'Internal server error.');
  const practice = practices.find(({ bpSiteId, pms: own }) => bpSiteId === id && own === pms);
  if (!practice || faults.has('gone'))
    throw new Refusal(404, 'The server cannot find the requested resource.');
  if (pms === 'BestPractice') checkCode(query.get('pairingCode'));
  if (faults.has('pair-fails'))
    throw new Refusal(502, 'The practice management software returned an unexpected result code.');
  const guid = hasMoved(faults) ? practice.standbyHaloGuid : practice.haloGuid;
  beforeWrite(faults);
  return executeWrite(faults, () => ({ status: 200, body: siteBody(practice, guid, faults) }));
}

function checkCode(code: string | null): void {
  if (!code) throw new Refusal(400, "Required parameter 'pairingCode' is missing");
  if (code !== pairingCode) throw new Refusal(400, 'The pairing code is not valid.');
}
