/**
 * The table of all error codes, and a class for each code.
 *
 * `message` is for the person using the app: no URL, no SQL, no key, no patient detail. Information for the operator goes
 * into `detail` and `cause`. They are logged with the request id and never leave the process.
 */
import type { PracticeManagementSystem, PracticeOperation } from './datasources/domain/pms.ts';

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
}

export const haloErrorTable = {
  AUTHORITATIVE_SERVER_CHANGED: {
    type: 'AuthoritativeServerChanged',
    retryable: true,
    http: [403],
    message: 'This practice has moved to another server. Try again.',
    operator:
      'Halo Cloud responded 403 to a Halo GUID that is no longer authoritative. Find the client that stores this GUID and make it store the Bp Site ID.',
  },
  PRACTICE_IDENTITY_CHANGED: {
    type: 'PracticeIdentityChanged',
    retryable: false,
    http: [403],
    message:
      'The server of this practice now reports a different practice name. No data was read. Contact support.',
    operator:
      'Confirm with the practice whether it split, merged or was renamed, then correct its name in PRACTICES_FILE.',
  },
  ACCESS_DENIED: {
    type: 'AccessDenied',
    retryable: false,
    http: [401, 403],
    message: 'Access to this practice was denied.',
    operator: 'Check the reason: subscription key, IP allow-list, quota, or the pairing in Bp Premier.',
  },
  SITE_UNAVAILABLE: {
    type: 'SiteUnavailable',
    retryable: true,
    http: [503, 504],
    message: "The practice's server cannot be reached at the moment. Try again later.",
    operator: 'Halo Link at the practice is offline or unreachable. Check the site in the Halo portal.',
  },
  QUERY_TIMED_OUT: {
    type: 'QueryTimedOut',
    retryable: true,
    http: [504],
    message: 'The practice did not respond in time. Try again, or request less.',
    operator: "The practice's server took too long, or HALO_DEADLINE_MS is too short for this request.",
  },
  RATE_LIMITED: {
    type: 'RateLimited',
    retryable: true,
    http: [429],
    message: 'Too many requests. Wait a moment and try again.',
    operator:
      "Halo Cloud's rate limit of this subscription was reached. Compare with the limits in the portal.",
  },
  RESULT_TOO_LARGE: {
    type: 'ResultTooLarge',
    retryable: false,
    http: [413],
    message: 'The result is too large. Choose a shorter range.',
    operator: 'An immediate result was larger than 8 MB, or the operation exceeded a limit of the facade.',
  },
  RESULT_EXPIRED: {
    type: 'ResultExpired',
    retryable: false,
    http: [410],
    message: 'The result has expired. Run the query again.',
    operator: 'Halo Cloud keeps results for about 24 hours.',
  },
  PMS_ERROR: {
    type: 'PmsError',
    retryable: false,
    http: [400],
    message: "The practice's database rejected the request.",
    operator:
      'See errorType and errorCode (SQL Server error number for mssql). 229 and 4060 point at missing grants.',
  },
  OPERATION_NOT_SUPPORTED: {
    type: 'OperationNotSupported',
    retryable: false,
    http: [],
    message: 'This practice does not support this.',
    operator: 'No source serves the operation at this site: see Site.capabilities and HALO_SOURCE.',
  },
  INVALID_INPUT: {
    type: 'InvalidInput',
    retryable: false,
    http: [],
    message: 'Some of the input is invalid.',
    operator: 'Nothing to do: the caller sent invalid input. The issues name the paths.',
  },
  NOT_FOUND: {
    type: 'NotFound',
    retryable: false,
    http: [404],
    message: 'Not found.',
    operator: 'The id is unknown to Halo Cloud or to the practice, or the site is not paired.',
  },
  SLOT_TAKEN: {
    type: 'SlotTaken',
    retryable: false,
    http: [],
    message: 'This time is no longer free. Choose another one.',
    operator: 'Nothing to do: someone else booked this time first.',
  },
  OUTCOME_UNKNOWN: {
    type: 'OutcomeUnknown',
    retryable: true,
    http: [504],
    message: 'It is not known whether the change was made. Try again: it is never made twice.',
    operator: 'A write was sent and no response arrived. The facade does not send it again by itself.',
  },
  UPSTREAM_FAILED: {
    type: 'UpstreamFailed',
    retryable: true,
    http: [400, 404, 500, 502],
    message: 'The request to the practice failed. Try again later.',
    operator:
      'See status and detail for what was wrong with the response. A log line "unusable answer" with the same request id means that the response was malformed.',
  },
} as const satisfies Record<string, HaloErrorKind>;

export type HaloErrorCode = keyof typeof haloErrorTable;
export type AccessDeniedReason =
  | 'SUBSCRIPTION_KEY_REJECTED'
  | 'CALLER_IP_NOT_ALLOWED'
  | 'QUOTA_EXCEEDED'
  | 'NOT_PAIRED'
  | 'SCOPE_MISSING'
  | 'UNKNOWN';

/** Optional details from the place that throws: another text for the person, and information for the operator. */
export interface ErrorNotes {
  readonly message?: string;
  readonly retryable?: boolean;
  /** For the log. Never a patient's details, a key or SQL text. */
  readonly detail?: string;
  readonly cause?: unknown;
}

/** The site that a failed call was sent to. */
export interface AddressedSite {
  readonly bpSiteId?: string;
  readonly haloGuid?: string;
}

export abstract class HaloError extends Error {
  readonly code: HaloErrorCode;
  readonly retryable: boolean;
  readonly detail: string | undefined;
  /** For the log. Set after the error is created, by `withAddressedSite`. */
  addressedSite: AddressedSite | undefined;

  protected constructor(code: HaloErrorCode, notes: ErrorNotes = {}) {
    const kind = haloErrorTable[code];
    super(notes.message ?? kind.message, notes.cause === undefined ? undefined : { cause: notes.cause });
    this.name = kind.type;
    this.code = code;
    this.retryable = notes.retryable ?? kind.retryable;
    this.detail = notes.detail;
  }
}

const unconfirmedMove = 'This practice is not connected at the moment. It may have moved to another server.';

/** Halo Cloud responded 403 to `haloGuid`. Retryable only if the current GUID is known. */
export class AuthoritativeServerChanged extends HaloError {
  /** The GUID that was rejected. */
  readonly haloGuid: string;
  readonly bpSiteId: string | null;
  /** The current authoritative server from `GET /integrator/sites`; null if it could not be confirmed. */
  readonly currentHaloGuid: string | null;

  constructor(
    fields: { haloGuid: string; bpSiteId?: string | null; currentHaloGuid?: string | null },
    notes?: ErrorNotes,
  ) {
    super('AUTHORITATIVE_SERVER_CHANGED', {
      retryable: Boolean(fields.currentHaloGuid),
      ...(fields.currentHaloGuid ? {} : { message: unconfirmedMove }),
      ...notes,
    });
    this.haloGuid = fields.haloGuid;
    this.bpSiteId = fields.bpSiteId ?? null;
    this.currentHaloGuid = fields.currentHaloGuid ?? null;
  }
}

export class PracticeIdentityChanged extends HaloError {
  readonly bpSiteId: string;
  readonly expectedName: string | null;
  readonly foundName: string | null;

  constructor(
    fields: { bpSiteId: string; expectedName: string | null; foundName: string | null },
    notes?: ErrorNotes,
  ) {
    super('PRACTICE_IDENTITY_CHANGED', notes);
    this.bpSiteId = fields.bpSiteId;
    this.expectedName = fields.expectedName;
    this.foundName = fields.foundName;
  }

  /** `foundName` for callers with access to all practices. Others may have no access to the practice of that name. */
  nameFor({ practices }: { readonly practices: readonly string[] | 'all' }): string | null {
    return practices === 'all' ? this.foundName : null;
  }
}

export class AccessDenied extends HaloError {
  readonly reason: AccessDeniedReason;

  constructor(reason: AccessDeniedReason, notes?: ErrorNotes) {
    super('ACCESS_DENIED', notes);
    this.reason = reason;
  }
}

export class SiteUnavailable extends HaloError {
  readonly haloGuid: string | null;
  readonly availability: 'ONLINE' | 'OFFLINE' | 'UNREACHABLE' | null;
  readonly retryAfterSeconds: number | null;

  constructor(
    fields: {
      haloGuid?: string | null;
      availability?: 'ONLINE' | 'OFFLINE' | 'UNREACHABLE' | null;
      retryAfterSeconds?: number | null;
    } = {},
    notes?: ErrorNotes,
  ) {
    super('SITE_UNAVAILABLE', notes);
    this.haloGuid = fields.haloGuid ?? null;
    this.availability = fields.availability ?? null;
    this.retryAfterSeconds = fields.retryAfterSeconds ?? null;
  }
}

export class QueryTimedOut extends HaloError {
  /** The async query that is still running; null if there is none. */
  readonly asyncQueryId: string | null;

  constructor({
    asyncQueryId = null,
    ...notes
  }: ErrorNotes & { readonly asyncQueryId?: string | null } = {}) {
    super('QUERY_TIMED_OUT', notes);
    this.asyncQueryId = asyncQueryId;
  }
}

export class RateLimited extends HaloError {
  readonly retryAfterSeconds: number | null;

  constructor(retryAfterSeconds: number | null, notes?: ErrorNotes) {
    super('RATE_LIMITED', notes);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export class ResultTooLarge extends HaloError {
  /** The async query whose pages hold the result; null if there is none. */
  readonly asyncQueryId: string | null;

  constructor({
    asyncQueryId = null,
    ...notes
  }: ErrorNotes & { readonly asyncQueryId?: string | null } = {}) {
    super('RESULT_TOO_LARGE', notes);
    this.asyncQueryId = asyncQueryId;
  }
}

export class PmsError extends HaloError {
  /** `http`, `mssql`, `fbsql` or `haloLink`, as Halo Cloud names it. */
  readonly errorType: string;
  /** For `mssql`: SQL Server's error number. */
  readonly errorCode: number | null;

  constructor(errorType: string, errorCode: number | null, notes?: ErrorNotes) {
    super('PMS_ERROR', notes);
    this.errorType = errorType;
    this.errorCode = errorCode;
  }
}

export class OperationNotSupported extends HaloError {
  readonly operation: PracticeOperation | null;
  readonly pms: PracticeManagementSystem | null;
  readonly haloLinkVersion: string | null;

  constructor(
    fields: {
      operation?: PracticeOperation | null;
      pms?: PracticeManagementSystem | null;
      haloLinkVersion?: string | null;
    },
    notes?: ErrorNotes,
  ) {
    super('OPERATION_NOT_SUPPORTED', notes);
    this.operation = fields.operation ?? null;
    this.pms = fields.pms ?? null;
    this.haloLinkVersion = fields.haloLinkVersion ?? null;
  }
}

export interface InputIssue {
  /** Where in the field's arguments: `["search", "birthDate"]`. */
  readonly path: readonly string[];
  readonly message: string;
}

export class InvalidInput extends HaloError {
  readonly issues: readonly InputIssue[];

  constructor(issues: readonly InputIssue[], notes?: ErrorNotes) {
    super('INVALID_INPUT', {
      message: [...new Set(issues.map(({ message }) => message))].join(' '),
      ...notes,
    });
    this.issues = issues;
  }
}

export class NotFound extends HaloError {
  constructor(notes?: ErrorNotes) {
    super('NOT_FOUND', notes);
  }
}

export class UpstreamFailed extends HaloError {
  readonly httpStatus: number | null;

  constructor(httpStatus: number | null, notes?: ErrorNotes) {
    super('UPSTREAM_FAILED', notes);
    this.httpStatus = httpStatus;
  }
}

export class ResultExpired extends HaloError {
  constructor(notes?: ErrorNotes) {
    super('RESULT_EXPIRED', notes);
  }
}

export class SlotTaken extends HaloError {
  constructor(notes?: ErrorNotes) {
    super('SLOT_TAKEN', notes);
  }
}

/** A write was sent and no response arrived. A retry with the same key finds out what happened and never writes twice. */
export class OutcomeUnknown extends HaloError {
  readonly idempotencyKey: string | null;

  constructor(idempotencyKey: string | null, notes?: ErrorNotes) {
    super('OUTCOME_UNKNOWN', notes);
    this.idempotencyKey = idempotencyKey;
  }
}
