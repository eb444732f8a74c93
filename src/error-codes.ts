/**
 * All error codes: those of failures, which are members of result unions and entries of `errors`, and those of refusals, with
 * which an operation ends before it is executed.
 */

/** The purpose of a result union. Each kind has its own set of errors. */
export type UnionKind =
  | 'sites'
  | 'practice'
  | 'list'
  | 'entity'
  | 'change'
  /** A change that needs a free time, so it can fail with SLOT_TAKEN. */
  | 'changeOfTime'
  | 'pairing'
  | 'sqlSite'
  | 'sqlQuery'
  | 'sqlCancel'
  | 'sqlSend'
  | 'sqlRun'
  | 'sqlPage';

const practiceData = { list: true, entity: true, change: true, changeOfTime: true };
const noPracticeData = { list: false, entity: false, change: false, changeOfTime: false };
const sql = { sqlSite: true, sqlQuery: true, sqlCancel: true, sqlSend: true, sqlRun: true, sqlPage: true };
const noSql = {
  sqlSite: false,
  sqlQuery: false,
  sqlCancel: false,
  sqlSend: false,
  sqlRun: false,
  sqlPage: false,
};

export interface HaloErrorKind {
  /** Name of the GraphQL type. */
  readonly type: string;
  /** Whether the same request may succeed on a retry. An instance can override it. */
  readonly retryable: boolean;
  /** HTTP statuses of Halo Cloud that lead to this code; empty if none does. */
  readonly http: readonly number[];
  /** Default text for the person using the app. */
  readonly message: string;
  /** What the operator should check first. */
  readonly operator: string;
  /** Whether each kind of result union has it. */
  readonly unions: Readonly<Record<UnionKind, boolean>>;
}

export const haloErrorTable = {
  AUTHORITATIVE_SERVER_CHANGED: {
    type: 'AuthoritativeServerChanged',
    retryable: true,
    http: [403],
    message: 'This practice has moved to another server. Try again.',
    operator:
      'Halo Cloud responded 403 to a Halo GUID that is no longer authoritative. Find the client that stores this GUID and make it store the Bp Site ID.',
    unions: { sites: false, practice: true, pairing: false, ...practiceData, ...sql },
  },
  PRACTICE_IDENTITY_CHANGED: {
    type: 'PracticeIdentityChanged',
    retryable: false,
    http: [403],
    message:
      'The server of this practice now reports a different practice name. No data was read. Contact support.',
    operator:
      'Confirm with the practice whether it split, merged or was renamed, then correct its name in PRACTICES_FILE.',
    unions: { sites: false, practice: true, pairing: false, ...practiceData, ...sql },
  },
  ACCESS_DENIED: {
    type: 'AccessDenied',
    retryable: false,
    http: [401, 403],
    message: 'Access to this practice was denied.',
    operator: 'Check the reason: subscription key, IP allow-list, quota, or the pairing in Bp Premier.',
    unions: { sites: true, practice: true, pairing: true, ...practiceData, ...sql },
  },
  SITE_UNAVAILABLE: {
    type: 'SiteUnavailable',
    retryable: true,
    http: [503, 504],
    message: "The practice's server cannot be reached at the moment. Try again later.",
    operator: 'Halo Link at the practice is offline or unreachable. Check the site in the Halo portal.',
    unions: { sites: true, practice: true, pairing: false, ...practiceData, ...sql },
  },
  QUERY_TIMED_OUT: {
    type: 'QueryTimedOut',
    retryable: true,
    http: [504],
    message: 'The practice did not respond in time. Try again, or request less.',
    operator: "The practice's server took too long, or HALO_DEADLINE_MS is too short for this request.",
    unions: { sites: false, practice: false, pairing: false, ...practiceData, ...sql },
  },
  RATE_LIMITED: {
    type: 'RateLimited',
    retryable: true,
    http: [429],
    message: 'Too many requests. Wait a moment and try again.',
    operator:
      "Halo Cloud's rate limit of this subscription was reached. Compare with the limits in the portal.",
    unions: { sites: true, practice: true, pairing: true, ...practiceData, ...sql },
  },
  RESULT_TOO_LARGE: {
    type: 'ResultTooLarge',
    retryable: false,
    http: [413],
    message: 'The result is too large. Choose a shorter range.',
    operator: 'An immediate result was larger than 8 MB, or the operation exceeded a limit of the facade.',
    unions: {
      sites: false,
      practice: false,
      pairing: false,
      ...practiceData,
      ...noSql,
      sqlRun: true,
      sqlPage: true,
    },
  },
  RESULT_EXPIRED: {
    type: 'ResultExpired',
    retryable: false,
    http: [410],
    message: 'The result has expired. Run the query again.',
    operator: 'Halo Cloud keeps results for about 24 hours.',
    unions: { sites: false, practice: false, pairing: false, ...noPracticeData, ...noSql, sqlPage: true },
  },
  PMS_ERROR: {
    type: 'PmsError',
    retryable: false,
    http: [400],
    message: "The practice's database rejected the request.",
    operator:
      'See errorType and errorCode (SQL Server error number for mssql). 229 and 4060 point at missing grants.',
    unions: {
      sites: false,
      practice: false,
      pairing: false,
      ...practiceData,
      ...noSql,
      sqlSend: true,
      sqlRun: true,
      sqlPage: true,
    },
  },
  OPERATION_NOT_SUPPORTED: {
    type: 'OperationNotSupported',
    retryable: false,
    http: [],
    message: 'This practice does not support this.',
    operator: 'No source serves the operation at this site: see Site.capabilities and HALO_SOURCE.',
    unions: { sites: false, practice: false, pairing: false, ...practiceData, ...noSql },
  },
  INVALID_INPUT: {
    type: 'InvalidInput',
    retryable: false,
    http: [],
    message: 'Some of the input is invalid.',
    operator: 'Nothing to do: the caller sent invalid input. The issues name the paths.',
    unions: { sites: true, practice: true, pairing: true, ...practiceData, ...sql, sqlSite: false },
  },
  NOT_FOUND: {
    type: 'NotFound',
    retryable: false,
    http: [404],
    message: 'Not found.',
    operator: 'The id is unknown to Halo Cloud or to the practice, or the site is not paired.',
    unions: { sites: false, practice: true, pairing: true, ...practiceData, list: false, ...sql },
  },
  SLOT_TAKEN: {
    type: 'SlotTaken',
    retryable: false,
    http: [],
    message: 'This time is no longer free. Choose another one.',
    operator: 'Nothing to do: someone else booked this time first.',
    unions: {
      sites: false,
      practice: false,
      pairing: false,
      ...noPracticeData,
      changeOfTime: true,
      ...noSql,
    },
  },
  OUTCOME_UNKNOWN: {
    type: 'OutcomeUnknown',
    retryable: true,
    http: [504],
    message: 'It is not known whether the change was made. Try again. The change is never made twice.',
    operator: 'A write was sent and no response arrived. The facade does not send it again by itself.',
    unions: {
      sites: false,
      practice: false,
      pairing: false,
      ...noPracticeData,
      change: true,
      changeOfTime: true,
      ...noSql,
      sqlCancel: true,
      sqlSend: true,
      sqlRun: true,
    },
  },
  UPSTREAM_FAILED: {
    type: 'UpstreamFailed',
    retryable: true,
    http: [400, 404, 500, 502],
    message: 'The request to the practice failed. Try again later.',
    operator:
      'See status and detail for what was wrong with the response. The log line "malformed response" with the same request id names the fault.',
    unions: { sites: true, practice: true, pairing: true, ...practiceData, ...sql },
  },
} as const satisfies Record<string, HaloErrorKind>;

export type HaloErrorCode = keyof typeof haloErrorTable;

/** Codes of refusals, with the HTTP status of each. `docs/errors/refusals.md` explains them. */
export const refusalStatus = {
  AUTHENTICATION_UNAVAILABLE: 503,
  /** 405 and 415 where the method or the content type is wrong. */
  BAD_REQUEST: 400,
  BAD_USER_INPUT: 400,
  CALLER_RATE_LIMITED: 429,
  CONNECTION_CLOSED: 499,
  DOCUMENT_TOO_DEEP: 400,
  DOCUMENT_TOO_LARGE: 400,
  FORBIDDEN: 403,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  INTERNAL_SERVER_ERROR: 500,
  METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406,
  OPERATION_RESOLUTION_FAILURE: 400,
  PERSISTED_OPERATIONS_ONLY: 400,
  PERSISTED_OPERATION_UNKNOWN: 400,
  PERSISTED_QUERY_NOT_FOUND: 400,
  PERSISTED_QUERY_NOT_SUPPORTED: 400,
  PRICE_TOO_HIGH: 400,
  REQUEST_ENTITY_TOO_LARGE: 413,
  SERVER_STOPPING: 503,
  TOO_MANY_ALIASES: 400,
  TOO_MANY_DIRECTIVES: 400,
  TOO_MANY_OPERATIONS: 429,
  TOO_MANY_ROOT_FIELDS: 400,
  TOO_MANY_SUBSCRIPTIONS: 429,
  UNAUTHENTICATED: 401,
} as const satisfies Record<string, number>;

export type RefusalCode = keyof typeof refusalStatus;

export type ErrorCode = HaloErrorCode | RefusalCode;

/** The extensions of an error that refuses an operation. `http` is for the response and left out of its body. */
export const refusalExtensions = (code: RefusalCode) => ({ code, http: { status: refusalStatus[code] } });
