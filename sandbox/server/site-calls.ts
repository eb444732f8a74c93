import { setTimeout as pause } from 'node:timers/promises';
import { handleFhir } from '../fhir/index.ts';
import { type Answer, Refusal, unknownResource } from './answer.ts';
import type { Pace } from './async/life-cycle.ts';
import type { CloudClock } from './cloud-clock.ts';
import type { Executor } from './execute.ts';
import type { Faults } from './faults.ts';
import { faultNumber } from './faults.ts';
import type { FrontDesk } from './front-desk.ts';
import type { PracticeServer } from './practice-servers.ts';
import { queryOperation } from './query-operations.ts';
import { guardPractice } from './site-guard.ts';
import type { SiteQueries } from './site-queries.ts';
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
  /** As `faults`, for what happens later. */
  readonly faultsNow: () => Faults;
  readonly server: () => PracticeServer;
  /** The executor of SQL for one of the site's catalogues. */
  readonly executor: (catalogue: string) => Executor;
  readonly queries: SiteQueries;
  readonly clock: CloudClock;
  readonly pace: Pace;
  readonly frontDesk: FrontDesk;
  /** Minimum interval of a registered query, in seconds. */
  readonly minFrequency: number;
  /** Called when a query or FHIR request reaches the practice. */
  readonly onReached: () => void;
}

/** Routes by what follows the site's GUID. Throws a Refusal. */
export async function siteCall(call: SiteCall): Promise<Answer> {
  const { method, rest, site, faults } = call;
  if (rest === '' && method === 'GET')
    return { status: 200, body: siteBody(site.practice, site.guid, faults) };
  if (rest.startsWith('queries/')) return await queryCall(call);
  if (!rest.startsWith('fhir/R4/')) throw new Refusal(404, 'Operation Not Found');
  await delayed(call);
  guardPractice(site, faults);
  const isWrite = method !== 'GET' && !rest.endsWith('/_search');
  return spoilt(call, isWrite, rest !== 'fhir/R4/metadata', () => fhir(call));
}

async function queryCall(call: SiteCall): Promise<Answer> {
  const { site } = call;
  const { operation, answer } = queryOperation(call);
  await delayed(call);
  const { sent } = operation;
  if (!sent) return answer(call);
  await sent.guard(call);
  const { faults, frontDesk } = call;
  const matters = hasWriteFault(faults) || faults.has('hang') || frontDesk.waitsFor(site.practice.bpSiteId);
  return spoilt(call, matters && sent.isWrite(call), sent.reaches(call), () => answer(call));
}

async function delayed({ faults }: SiteCall): Promise<void> {
  await pause(faultNumber(faults, 'slow-') ?? 0);
}

const neverSent: Answer = { status: 200, body: null };

/** Executes a call to the practice. Write faults apply to writes. */
function spoilt(
  { faults, onReached, frontDesk, site, server }: SiteCall,
  isWrite: boolean,
  reaches: boolean,
  execute: () => Answer,
): Answer {
  const { bpSiteId } = site.practice;
  if (isWrite && frontDesk.waitsFor(bpSiteId)) {
    const { database, now } = server();
    frontDesk.work(bpSiteId, 'before-next-write', database, now());
  }
  const broken = isWrite && hasWriteFault(faults);
  if (broken) beforeWrite(faults);
  if (reaches) onReached();
  // Nobody gets the result. Reading it would keep other practices waiting: the sandbox has one thread.
  if (faults.has('hang') && !isWrite) return neverSent;
  return broken ? executeWrite(faults, execute) : execute();
}

function fhir({ method, rest, query, body, site, faults, server }: SiteCall): Answer {
  if (site.practice.pms !== 'BestPractice') throw unknownResource();
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
  // A result can be too large only after the execution.
  if (faults.has('413')) throw new Refusal(413, 'Query Results Too Large');
  return answer;
}
