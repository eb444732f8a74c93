/** `extensions.halo`, which is on every response. */
export interface HaloExtension {
  /** Also in the header `x-request-id`. Support finds the operation in the log by it. */
  readonly requestId: string;
  readonly cost: HaloCost;
  readonly notices: readonly HaloNotice[];
  /** With the header `x-halo-price-only: true`: what the operation can cost. It was not executed. */
  readonly price?: HaloPrice;
  /** With the header `x-halo-explain: true`, in the sandbox or with the scope `operator`. */
  readonly explain?: Explanation;
}

/** The upstream cost of an operation. */
export interface HaloCost {
  readonly calls: number;
  readonly charged: number;
  readonly retries: number;
  /** Calls that were not needed: batches, calls shared with other operations, caches. */
  readonly saved: { readonly batched: number; readonly coalesced: number; readonly cached: number };
  readonly bySite: readonly { readonly haloGuid: string; readonly calls: number; readonly charged: number }[];
  /** Cached answers that were used, the oldest of each kind; absent when there were none. */
  readonly reference?: readonly {
    readonly haloGuid: string;
    readonly what: string;
    readonly ageSeconds: number;
  }[];
}

/** Something about the data that the person at the screen should know. */
export interface HaloNotice {
  /** `SITE_MOVED`, `TIME_ZONE_ASSUMED`, `ROW_UNREADABLE`, `EXPLAIN_DENIED` and others: new codes may be added. */
  readonly code: string;
  readonly message: string;
  readonly bpSiteId: string | null;
  readonly previousHaloGuid?: string;
  readonly currentHaloGuid?: string;
  /** For `ROW_UNREADABLE`: the number of records that were left out. */
  readonly count?: number;
}

/** An upper bound of the charged calls of an operation. */
export interface HaloPrice {
  readonly total: number;
  readonly byField: readonly { readonly path: string; readonly charged: number }[];
}

/** The upstream calls of an operation, in order. See docs/explain.md. */
export interface Explanation {
  readonly calls: readonly ExplainedCall[];
  /** How many more calls there were than are listed. */
  readonly omitted: number;
}

export interface ExplainedCall {
  /** The field that caused it, as in `errors[].path`. When one call serves several fields: the first of them. */
  readonly path: readonly (string | number)[] | null;
  /** `SENT`: a call of this operation. `SHARED`: the same call was already in flight. `CACHED`: no call was needed. */
  readonly delivery: 'SENT' | 'SHARED' | 'CACHED';
  /** Null for `CACHED`. */
  readonly kind: 'sites' | 'site' | 'pairing' | 'sql' | 'status' | 'result' | 'fhir' | 'metadata' | null;
  /** Method and path without ids. */
  readonly request: string | null;
  readonly haloGuid: string | null;
  /** The text of the SQL statement, or the names of the FHIR search parameters; never a value. */
  readonly statement: string | null;
  readonly source: 'BP_PREMIER' | 'SQL_PASSTHROUGH' | null;
  readonly reason: string | null;
  /** Why it was sent in addition to the first call. */
  readonly cause: 'RETRY' | 'SITE_REFUSED' | 'SITE_MOVED' | 'LIMIT_EXCEEDED' | null;
  readonly charged: boolean;
  /** Milliseconds since the operation began. */
  readonly startMs: number;
  /** Null: it had not ended when the response was written. */
  readonly ms: number | null;
  readonly status: number | null;
  readonly failure: string | null;
  readonly cached: { readonly what: string; readonly ageSeconds: number } | null;
}
