import { setTimeout as pause } from 'node:timers/promises';
import { handleFhir } from '../fhir/index.ts';
import type { Answer } from './answer.ts';
import { Refusal } from './answer.ts';
import type { Faults } from './faults.ts';
import { faultNumber } from './faults.ts';
import { immediateQuery, isWriteQuery } from './immediate.ts';
import type { PracticeServer } from './practice-servers.ts';
import { guardPractice } from './site-guard.ts';
import type { AddressedSite } from './sites.ts';
import { siteBody } from './sites.ts';
import { beforeWrite, executeWrite, hasWriteFault } from './write-faults.ts';

/** A call below `/integrator/sites/{siteId}`, let through by Halo Cloud. */
export interface SiteCall {
  readonly method: string;
  /** Behind the GUID, without slashes at its ends. */
  readonly rest: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly site: AddressedSite;
  readonly faults: Faults;
  readonly server: () => PracticeServer;
  /** Called when a query or FHIR request goes on to the practice. */
  readonly onReached: () => void;
}

/** Routes by what follows the site's GUID. Throws a Refusal. */
export async function siteCall(call: SiteCall): Promise<Answer> {
  const { method, rest, site, faults } = call;
  if (rest === '' && method === 'GET')
    return { status: 200, body: siteBody(site.practice, site.guid, faults) };
  const isImmediate = rest === 'queries/immediate' && method === 'POST';
  if (!isImmediate && !rest.startsWith('fhir/R4/')) throw new Refusal(404, 'Operation Not Found');
  await pause(faultNumber(faults, 'slow-') ?? 0);
  guardPractice(site, faults);
  const spoilt = hasWriteFault(faults) && isWrite(call, isImmediate);
  if (spoilt) beforeWrite(faults);
  if (rest !== 'fhir/R4/metadata') call.onReached();
  const answer = (): Answer =>
    isImmediate ? immediateQuery(site, call.body, faults, () => call.server().engine) : fhir(call);
  return spoilt ? executeWrite(faults, answer) : answer();
}

/** Whether this would change something at the practice: a procedure that writes, or a FHIR interaction that does. */
function isWrite({ method, rest, body }: SiteCall, isImmediate: boolean): boolean {
  return isImmediate ? isWriteQuery(body) : method !== 'GET' && !rest.endsWith('/_search');
}

function fhir({ method, rest, query, body, site, faults, server }: SiteCall): Answer {
  if (site.practice.pms !== 'BestPractice')
    throw new Refusal(404, 'The server cannot find the requested resource.');
  if (faults.has('error-in-200')) {
    const issue = [
      { severity: 'fatal', code: 'exception', details: { text: 'Transaction was deadlocked.' } },
    ];
    return { status: 200, body: { resourceType: 'OperationOutcome', issue } };
  }
  const { database, today, now } = server();
  const request = {
    method,
    path: rest.slice('fhir/R4/'.length),
    query,
    form: new URLSearchParams(body),
    body,
  };
  const answer = handleFhir(request, { ...site.practice, haloGuid: site.guid }, database, today, now);
  // Only what has been done can turn out too large.
  if (faults.has('413')) throw new Refusal(413, 'Query Results Too Large');
  return answer;
}
