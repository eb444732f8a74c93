import type { PracticeSpec } from '../practices.ts';
import { type Answer, Refusal, unknownResource } from './answer.ts';
import type { Pace } from './async/life-cycle.ts';
import type { CloudClock } from './cloud-clock.ts';
import { control } from './control.ts';
import type { EnvelopeShape } from './envelopes.ts';
import { errorAnswer } from './envelopes.ts';
import type { Executor } from './execute.ts';
import type { FaultStore, Faults } from './faults.ts';
import type { FrontDesk } from './front-desk.ts';
import { pairSite } from './pairing.ts';
import type { PracticeServer } from './practice-servers.ts';
import { siteCall } from './site-calls.ts';
import { guardSite } from './site-guard.ts';
import type { QueryStore } from './site-queries.ts';
import { type AddressedSite, addressedSite, findSites } from './sites.ts';
import type { Webhooks } from './webhooks/webhooks.ts';
import { ConnectionCut } from './write-faults.ts';

/** A request with its whole body. */
export interface SandboxRequest {
  readonly method: string;
  readonly url: URL;
  readonly key: string | undefined;
  /** `x-sandbox-fault` */
  readonly fault: string | undefined;
  readonly body: string;
}

export interface Sandbox {
  readonly practices: readonly PracticeSpec[];
  /** The subscription keys that are valid. */
  keys: readonly string[];
  readonly faults: FaultStore;
  readonly server: (practice: PracticeSpec) => PracticeServer;
  readonly queries: QueryStore;
  readonly clock: CloudClock;
  readonly pace: Pace;
  readonly frontDesk: FrontDesk;
  readonly webhooks: Webhooks;
  /** Seconds between two runs of a registered query, at least. */
  readonly registered: { minFrequency: number };
}

/** A response, and the active faults that still apply to its transmission. */
export interface Routed {
  /** Null: the connection is cut instead. */
  readonly answer: Answer | null;
  readonly faults: Faults;
  readonly fhir: boolean;
  readonly siteId: string | null;
  /** Whether an SQL query or a FHIR request reached the practice. */
  readonly reached: boolean;
}

const none: Faults = new Set();

function checkKey(key: string | undefined, valid: readonly string[]): void {
  if (!key) {
    throw new Refusal(
      401,
      'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.',
    );
  }
  if (!valid.includes(key)) throw new Refusal(401, 'Subscription Key Invalid');
}

function shapeOf(faults: Faults): EnvelopeShape {
  return faults.has('apim') ? 'apim' : faults.has('unwrapped') ? 'unwrapped' : 'wrapped';
}

/** Routes without a GUID. */
const lookUps: Readonly<Record<string, typeof findSites>> = {
  'GET sites': findSites,
  'POST pair-site': pairSite,
  // Deprecated, of the same contract.
  'POST pairSite': pairSite,
};

/** Finds and runs the route of a request. Never throws. */
export async function route(sandbox: Sandbox, request: SandboxRequest): Promise<Routed> {
  const [root, resource, guid, ...more] = request.url.pathname.replace(/^\/|\/$/g, '').split('/');
  const below = root === 'integrator' && resource === 'sites' && guid !== undefined;
  const rest = more.join('/');
  const fhir = below && rest.startsWith('fhir/');
  const site = below ? addressedSite(sandbox.practices, guid) : undefined;
  const siteId = below ? guid : null;
  let faults = none;
  let reached = false;
  try {
    if (root === 'sandbox') return { answer: control(sandbox, request), faults, fhir, siteId, reached };
    faults = site ? sandbox.faults.of(site.practice.bpSiteId, request.fault) : none;
    checkKey(request.key, sandbox.keys);
    if (below) {
      if (!site) throw unknownResource();
      guardSite(site, faults, sandbox.faults);
      const onReached = (): void => {
        reached = true;
      };
      const call = { ...callOf(sandbox, request, site), rest, faults, onReached };
      return { answer: await siteCall(call), faults, fhir, siteId, reached };
    }
    const lookUp = root === 'integrator' && guid === undefined && lookUps[`${request.method} ${resource}`];
    if (!lookUp) throw new Refusal(404, 'Operation Not Found');
    const faultsOf = (bpSiteId: string): Faults => sandbox.faults.of(bpSiteId, request.fault);
    const answer = lookUp(sandbox.practices, request.url.searchParams, faultsOf);
    return { answer, faults, fhir, siteId, reached };
  } catch (error) {
    if (error instanceof ConnectionCut) return { answer: null, faults, fhir, siteId, reached };
    const refusal = error instanceof Refusal ? error : new Refusal(500, 'Internal server error.');
    return { answer: errorAnswer(refusal, shapeOf(faults), fhir), faults, fhir, siteId, reached };
  }
}

function callOf(
  { faults, server, queries, clock, pace, frontDesk, registered }: Sandbox,
  request: SandboxRequest,
  site: AddressedSite,
) {
  const { method, url, body, fault } = request;
  queries.settle(clock.now());
  const { practice, guid } = site;
  const executor = (catalogue: string): Executor => ({
    pms: practice.pms,
    engine: () => server(practice).engine(catalogue),
    duringWrite() {
      const { database, now } = server(practice);
      frontDesk.work(practice.bpSiteId, 'during-next-write', database, now());
    },
  });
  return {
    method,
    query: url.searchParams,
    body,
    site,
    faultsNow: () => faults.of(practice.bpSiteId, fault),
    server: () => server(practice),
    executor,
    queries: queries.of(guid),
    clock,
    pace,
    frontDesk,
    minFrequency: registered.minFrequency,
  };
}
