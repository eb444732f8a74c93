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
  /** Where in the arguments: `["search", "birthDate"]`. Positions in lists count from 0. */
  readonly path: readonly string[];
  /** What is expected there. It never repeats the value. */
  readonly message: string;
}

/** Halo Cloud refused this Halo GUID (403), because the practice is served by another server now. Ask again by Bp Site ID, or by `currentHaloGuid`, and replace the GUID wherever it was stored. */
export interface AuthoritativeServerChanged {
  readonly type: 'AuthoritativeServerChanged';
  readonly code: 'AUTHORITATIVE_SERVER_CHANGED';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** The Halo GUID that was refused. Never null here: the type allows it so that one selection can ask for it on several errors. */
  readonly requestedHaloGuid: string | null;
  /** The Bp Site ID of the practice; null when it is not known. */
  readonly requestedBpSiteId: string | null;
  /** The Halo GUID of the practice's authoritative server now, from Halo Cloud's Get sites; null when that could not be confirmed. */
  readonly currentHaloGuid: string | null;
}

/** The server that now answers for this Bp Site ID names another practice. Nothing was read: it could be the patients of somebody else. */
export interface PracticeIdentityChanged {
  readonly type: 'PracticeIdentityChanged';
  readonly code: 'PRACTICE_IDENTITY_CHANGED';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** The Bp Site ID that was asked for. Never null here: the type allows it so that one selection can ask for it on several errors. */
  readonly requestedBpSiteId: string | null;
  /** The name that the practice had before; null when none was recorded. */
  readonly expectedName: string | null;
  /** The name that the server gives now; null when it gives none, and for callers of single practices, as it may be of a practice that is none of theirs. */
  readonly foundName: string | null;
}

/** Access was denied: by Halo Cloud, to a site that is still the right one, or by the facade. */
export interface AccessDenied {
  readonly type: 'AccessDenied';
  readonly code: 'ACCESS_DENIED';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** Why access was denied; `UNKNOWN` when Halo Cloud does not say. */
  readonly deniedBecause: 'SUBSCRIPTION_KEY_REJECTED' | 'CALLER_IP_NOT_ALLOWED' | 'QUOTA_EXCEEDED' | 'NOT_PAIRED' | 'SCOPE_MISSING' | 'UNKNOWN';
}

/** The practice's server cannot be reached: switched off, offline, or failing to answer. */
export interface SiteUnavailable {
  readonly type: 'SiteUnavailable';
  readonly code: 'SITE_UNAVAILABLE';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** The Halo GUID of the site; null when Halo Cloud itself could not be reached. */
  readonly requestedHaloGuid: string | null;
  /** What Halo Cloud last said of the site; null when it said nothing. */
  readonly availability: 'ONLINE' | 'OFFLINE' | 'UNREACHABLE' | null;
  /** Seconds to wait before asking again; null when nobody knows. */
  readonly retryAfterSeconds: number | null;
}

/** The practice took longer than the operation may. Ask for a shorter range or fewer fields. */
export interface QueryTimedOut {
  readonly type: 'QueryTimedOut';
  readonly code: 'QUERY_TIMED_OUT';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** The async query that still runs for it: go on with `Site.sqlQuery(id:)`. Null where there is none. */
  readonly asyncQueryId: string | null;
}

/** Halo Cloud takes no more requests of this subscription for the moment. */
export interface RateLimited {
  readonly type: 'RateLimited';
  readonly code: 'RATE_LIMITED';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** Seconds to wait before asking again, from Halo Cloud; null when it did not say. */
  readonly retryAfterSeconds: number | null;
}

/** The answer is larger than Halo Cloud carries (8 MB), or has more values than one operation may. Ask for a shorter range or fewer fields. */
export interface ResultTooLarge {
  readonly type: 'ResultTooLarge';
  readonly code: 'RESULT_TOO_LARGE';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** The async query that holds the whole result: read it page by page with `Site.sqlQuery(id:)`. Null where there is none. */
  readonly asyncQueryId: string | null;
}

/** The result of an earlier query is no longer kept (about 24 hours). Run the query again. */
export interface ResultExpired {
  readonly type: 'ResultExpired';
  readonly code: 'RESULT_EXPIRED';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;

}

/** The practice's database refused the request. */
export interface PmsError {
  readonly type: 'PmsError';
  readonly code: 'PMS_ERROR';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** Which part failed, in the words of Halo Cloud: `http`, `mssql`, `fbsql` or `haloLink`. */
  readonly errorType: string;
  /** For `mssql` SQL Server's error number; null when there is none. */
  readonly errorCode: number | null;
}

/** No source at this site serves the operation: see `Site.capabilities`. */
export interface OperationNotSupported {
  readonly type: 'OperationNotSupported';
  readonly code: 'OPERATION_NOT_SUPPORTED';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** The operation that nothing serves; null when it is not known. */
  readonly operation: 'READ_APPOINTMENTS' | 'BOOK_APPOINTMENTS' | 'FIND_SLOTS' | 'READ_PATIENTS' | 'WRITE_PATIENTS' | 'READ_USERS' | 'WRITE_USERS' | 'READ_CLINIC_HOURS' | 'WRITE_CLINIC_HOURS' | null;
  /** The practice management system of the site; null when it is not known. */
  readonly pms: 'BEST_PRACTICE' | 'ZEDMED' | 'D4W' | null;
  /** Version of Halo Link at the site; null when it is not known. */
  readonly haloLinkVersion: string | null;
}

/** Some arguments cannot be asked, or the practice has nothing that they name. Nothing was changed. */
export interface InvalidInput {
  readonly type: 'InvalidInput';
  readonly code: 'INVALID_INPUT';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** All that is wrong, at once. */
  readonly issues: readonly InputIssue[];
}

/** There is no such thing: Halo Cloud or the practice answered, and does not know it. */
export interface NotFound {
  readonly type: 'NotFound';
  readonly code: 'NOT_FOUND';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;

}

/** Another appointment has that time, or a part of it. Show free times anew. */
export interface SlotTaken {
  readonly type: 'SlotTaken';
  readonly code: 'SLOT_TAKEN';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;

}

/** A change was sent, no answer came, and reading back did not tell. Ask again with the same input, and the same idempotency key where there is one: that tells what happened and changes nothing twice. After an SQL statement it is not retryable: look what it did before sending it again. */
export interface OutcomeUnknown {
  readonly type: 'OutcomeUnknown';
  readonly code: 'OUTCOME_UNKNOWN';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** The key to ask again with, also when the request had none; null where there is none: asking again is safe without one, but for SQL. */
  readonly idempotencyKey: string | null;
}

/** Halo Cloud, or the server at the practice, gave no usable answer. */
export interface UpstreamFailed {
  readonly type: 'UpstreamFailed';
  readonly code: 'UPSTREAM_FAILED';
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** The HTTP status that came; null when none did, or when it does not matter. */
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
