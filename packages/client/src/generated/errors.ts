/** Every code of an error, and the GraphQL type of that error. */
export const haloErrorTypes = {
  AUTHORITATIVE_SERVER_CHANGED: 'AuthoritativeServerChanged',
  PRACTICE_IDENTITY_CHANGED: 'PracticeIdentityChanged',
  ACCESS_DENIED: 'AccessDenied',
  SITE_UNAVAILABLE: 'SiteUnavailable',
  QUERY_TIMED_OUT: 'QueryTimedOut',
  RATE_LIMITED: 'RateLimited',
  RESULT_TOO_LARGE: 'ResultTooLarge',
  RESULT_EXPIRED: 'ResultExpired',
  PMS_ERROR: 'PmsError',
  OPERATION_NOT_SUPPORTED: 'OperationNotSupported',
  INVALID_INPUT: 'InvalidInput',
  NOT_FOUND: 'NotFound',
  SLOT_TAKEN: 'SlotTaken',
  OUTCOME_UNKNOWN: 'OutcomeUnknown',
  UPSTREAM_FAILED: 'UpstreamFailed',
} as const;

/** Decide by this, never by `message`. */
export type HaloErrorCode = keyof typeof haloErrorTypes;
/** The names of the GraphQL types of errors. */
export type HaloErrorTypeName = (typeof haloErrorTypes)[HaloErrorCode];

/** One thing that is wrong with the arguments of a field. */
export interface InputIssue {
  /** The path of the argument, such as `["search", "birthDate"]`. List indexes start at 0. */
  readonly path: readonly string[];
  /** Text for the person who entered the value. It never contains the value. */
  readonly message: string;
}

/** Halo Cloud rejected the Halo GUID (403): another server serves the practice now. Query by Bp Site ID or `currentHaloGuid`, and replace every stored copy of the old GUID. */
export interface AuthoritativeServerChanged {
  readonly type: 'AuthoritativeServerChanged';
  readonly code: 'AUTHORITATIVE_SERVER_CHANGED';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** The Halo GUID that was rejected. It is never null here; the type is nullable so that one selection can contain this field for several error types. */
  readonly requestedHaloGuid: string | null;
  /** The Bp Site ID of the practice; null if it is not known. */
  readonly requestedBpSiteId: string | null;
  /** The Halo GUID of the practice's current server, as Halo Cloud lists it; null if it could not be confirmed. */
  readonly currentHaloGuid: string | null;
}

/** The server for this Bp Site ID reports a different practice name. No data was read, because it may belong to another practice. */
export interface PracticeIdentityChanged {
  readonly type: 'PracticeIdentityChanged';
  readonly code: 'PRACTICE_IDENTITY_CHANGED';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** The requested Bp Site ID. It is never null here; the type is nullable so that one selection can contain this field for several error types. */
  readonly requestedBpSiteId: string | null;
  /** The name that the practice had before; null if none was recorded. */
  readonly expectedName: string | null;
  /** The name that the server reports now; null if it reports none. Also null if your credential is limited to certain practices, because it may be the name of a practice that you cannot access. */
  readonly foundName: string | null;
}

/** Access was denied, by Halo Cloud or because your credential lacks a scope. The practice has not moved. */
export interface AccessDenied {
  readonly type: 'AccessDenied';
  readonly code: 'ACCESS_DENIED';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** Why access was denied; `UNKNOWN` if Halo Cloud gave no reason. */
  readonly deniedBecause: 'SUBSCRIPTION_KEY_REJECTED' | 'CALLER_IP_NOT_ALLOWED' | 'QUOTA_EXCEEDED' | 'NOT_PAIRED' | 'SCOPE_MISSING' | 'UNKNOWN';
}

/** The practice's server cannot be reached: it is off, offline or does not respond. Retry later. */
export interface SiteUnavailable {
  readonly type: 'SiteUnavailable';
  readonly code: 'SITE_UNAVAILABLE';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** The Halo GUID of the site; null if Halo Cloud itself could not be reached. */
  readonly requestedHaloGuid: string | null;
  /** The last known state of the site's connection; null if it is not known. */
  readonly availability: 'ONLINE' | 'OFFLINE' | 'UNREACHABLE' | null;
  /** Seconds to wait before a retry; null if not known. */
  readonly retryAfterSeconds: number | null;
}

/** The practice did not respond in time. Request a shorter range or fewer fields. */
export interface QueryTimedOut {
  readonly type: 'QueryTimedOut';
  readonly code: 'QUERY_TIMED_OUT';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** The async query that is still running: read its result with `Site.sqlQuery(id:)`. Null if there is none. */
  readonly asyncQueryId: string | null;
}

/** Too many requests were sent. Wait `retryAfterSeconds` before a retry. */
export interface RateLimited {
  readonly type: 'RateLimited';
  readonly code: 'RATE_LIMITED';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** Seconds to wait before a retry; null if not known: wait half a minute. */
  readonly retryAfterSeconds: number | null;
}

/** The result is larger than the 8 MB that Halo Cloud transfers, or has more values than one operation may return. Request a shorter range or fewer fields. */
export interface ResultTooLarge {
  readonly type: 'ResultTooLarge';
  readonly code: 'RESULT_TOO_LARGE';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** The async query that holds the whole result: read its pages with `Site.sqlQuery(id:)`. Null if there is none. */
  readonly asyncQueryId: string | null;
}

/** The result of the async query is no longer stored (about 24 hours). Run the query again. */
export interface ResultExpired {
  readonly type: 'ResultExpired';
  readonly code: 'RESULT_EXPIRED';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;

}

/** The practice's database rejected the request. */
export interface PmsError {
  readonly type: 'PmsError';
  readonly code: 'PMS_ERROR';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** The component that failed, as Halo Cloud names it: `http`, `mssql`, `fbsql` or `haloLink`. */
  readonly errorType: string;
  /** For `mssql`, the error number of SQL Server; null if there is none. */
  readonly errorCode: number | null;
}

/** The site does not support this operation: see `Site.capabilities`. */
export interface OperationNotSupported {
  readonly type: 'OperationNotSupported';
  readonly code: 'OPERATION_NOT_SUPPORTED';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** The operation that is not supported; null if it is not known. */
  readonly operation: 'READ_APPOINTMENTS' | 'BOOK_APPOINTMENTS' | 'FIND_SLOTS' | 'READ_PATIENTS' | 'WRITE_PATIENTS' | 'READ_USERS' | 'WRITE_USERS' | 'READ_CLINIC_HOURS' | 'WRITE_CLINIC_HOURS' | null;
  /** The practice management system of the site; null if it is not known. */
  readonly pms: 'BEST_PRACTICE' | 'ZEDMED' | 'D4W' | null;
  /** Version of Halo Link at the site; null if it is not known. */
  readonly haloLinkVersion: string | null;
}

/** Some arguments are invalid, or refer to something that the practice does not have. Nothing was changed. */
export interface InvalidInput {
  readonly type: 'InvalidInput';
  readonly code: 'INVALID_INPUT';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** All problems that were found. */
  readonly issues: readonly InputIssue[];
}

/** The requested object does not exist at the practice or in Halo Cloud. */
export interface NotFound {
  readonly type: 'NotFound';
  readonly code: 'NOT_FOUND';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;

}

/** Another appointment overlaps this time. Nothing was changed. Fetch the free slots again. */
export interface SlotTaken {
  readonly type: 'SlotTaken';
  readonly code: 'SLOT_TAKEN';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;

}

/** A change was sent, but no response arrived, and reading back did not show whether it was made. Retry with the same input, and with `idempotencyKey` if it is not null: the change is never made twice. An SQL statement is not retryable: check its effect before you send it again. */
export interface OutcomeUnknown {
  readonly type: 'OutcomeUnknown';
  readonly code: 'OUTCOME_UNKNOWN';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** The key for the retry. It is set even if the request had none, for changes that need one. Null if no key is needed (retrying is safe) and after an SQL statement (check its effect first). */
  readonly idempotencyKey: string | null;
}

/** Halo Cloud, or the server at the practice, returned an error or a malformed response. */
export interface UpstreamFailed {
  readonly type: 'UpstreamFailed';
  readonly code: 'UPSTREAM_FAILED';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** The HTTP status of the response; null if there was none or it is irrelevant. */
  readonly httpStatus: number | null;
}

/** What the `extensions` of an entry in `errors` hold; `switch` by `code` or `type`. */
export type HaloErrorDetails =
  | AuthoritativeServerChanged
  | PracticeIdentityChanged
  | AccessDenied
  | SiteUnavailable
  | QueryTimedOut
  | RateLimited
  | ResultTooLarge
  | ResultExpired
  | PmsError
  | OperationNotSupported
  | InvalidInput
  | NotFound
  | SlotTaken
  | OutcomeUnknown
  | UpstreamFailed;
