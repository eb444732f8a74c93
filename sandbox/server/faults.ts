import { procedureTroubles } from '../sql/server-state.ts';
import { Refusal } from './answer.ts';

const plain =
  `offline unreachable moved moved-identity not-paired ip-not-allowed quota gone lookup-fails 429 500 503 504 413
cut-connection hang html truncated wrong-types huge error-in-200 unwrapped apim
504-after cut-before cut-after no-ex no-reserved pair-fails lock-refused lock-busy
${procedureTroubles.map((trouble) => `proc-${trouble}`).join(' ')}
413-immediate 504-immediate expired no-status no-stream cut-stream
scalar-bare outputs-base64 results ranges-from-1 registered-all
stuck-initialising stuck-queued stuck-executing stuck-uploading
fail-initialisationFailedCacheError fail-initialisationFailedSiteOffline fail-initialisationFailedSiteUnreachable
fail-expiredInQueue fail-executionFailed fail-uploadFailed`.split(/\s+/);

/** The active faults of one site, by name. sandbox/README.md describes each fault. */
export type Faults = ReadonlySet<string>;

function known(fault: string): boolean {
  return plain.includes(fault) || /^(429-after|slow|late|queue|sql-error)-\d{1,7}$/.test(fault);
}

function checked(fault: string): string {
  if (known(fault)) return fault;
  throw new Refusal(400, `Unknown sandbox fault '${fault}'. sandbox/README.md lists them.`);
}

/** Header `x-sandbox-fault`: `fault` for every site, `bpSiteId:fault` for one; separated by commas. */
export function faultsOfHeader(header: string | undefined, bpSiteId: string): string[] {
  return (header ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .flatMap((entry) => {
      const [fault = '', site] = entry.split(':').reverse();
      checked(fault);
      return site === undefined || site === bpSiteId ? [fault] : [];
    });
}

/** The number at the end of `slow-250`, `late-250`, `queue-250` or `429-after-3`. */
export function faultNumber(faults: Faults, prefix: string): number | undefined {
  const found = [...faults].find((fault) => fault.startsWith(prefix));
  return found === undefined ? undefined : Number(found.slice(prefix.length));
}

const retryAfterSeconds = 2;

/** Faults that were set to stay, and how many calls each site has had under `429-after-n`. */
export class FaultStore {
  readonly #lasting = new Map<string, string[]>();
  readonly #calls = new Map<string, { count: number; limitedAt: number | null }>();

  /** Comma-separated faults of one site, until they are changed; null: none. */
  set(bpSiteId: string, faults: string | null): void {
    const list = (faults ?? '').split(',').filter((fault) => fault !== '');
    this.#lasting.set(bpSiteId, list.map(checked));
    this.#calls.delete(bpSiteId);
  }

  of(bpSiteId: string, header: string | undefined): Faults {
    return new Set([...(this.#lasting.get(bpSiteId) ?? []), ...faultsOfHeader(header, bpSiteId)]);
  }

  /** Counts a site-addressed call. Throws the 429 after more than n calls. The count restarts when the pause has passed. */
  countLimited(bpSiteId: string, most: number): void {
    const now = Date.now();
    let state = this.#calls.get(bpSiteId) ?? { count: 0, limitedAt: null };
    if (state.limitedAt !== null && now - state.limitedAt >= retryAfterSeconds * 1000)
      state = { count: 0, limitedAt: null };
    state.count += 1;
    this.#calls.set(bpSiteId, state);
    if (state.count <= most) return;
    state.limitedAt ??= now;
    throw tooManyRequests();
  }

  resetCounters(): void {
    this.#calls.clear();
  }
}

export function tooManyRequests(): Refusal {
  return new Refusal(429, 'Rate Limit Exceeded', { 'retry-after': String(retryAfterSeconds) });
}
