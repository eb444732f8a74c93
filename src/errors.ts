/**
 * A class for each error code of a failure.
 *
 * `message` is for the person using the app: no URL, no SQL, no key, no patient detail. Information for the operator goes
 * into `detail` and `cause`. They are logged with the request id and never leave the process.
 */
import type { PracticeManagementSystem, PracticeOperation } from './datasources/domain/pms.ts';
import { type HaloErrorCode, haloErrorTable } from './error-codes.ts';

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
  /** The call was held back by a circuit breaker, so it was not sent. @default false */
  readonly heldBack?: boolean;
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
  /** Whether a circuit breaker held the call back, so it was not sent. */
  readonly heldBack: boolean;
  /** For the log. Set after the error is created, by `withAddressedSite`. */
  addressedSite: AddressedSite | undefined;

  protected constructor(code: HaloErrorCode, notes: ErrorNotes = {}) {
    const kind = haloErrorTable[code];
    super(notes.message ?? kind.message, notes.cause === undefined ? undefined : { cause: notes.cause });
    this.name = kind.type;
    this.code = code;
    this.retryable = notes.retryable ?? kind.retryable;
    this.detail = notes.detail;
    this.heldBack = notes.heldBack ?? false;
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

/** The class of each code. */
export const haloErrorClasses = {
  AUTHORITATIVE_SERVER_CHANGED: AuthoritativeServerChanged,
  PRACTICE_IDENTITY_CHANGED: PracticeIdentityChanged,
  ACCESS_DENIED: AccessDenied,
  SITE_UNAVAILABLE: SiteUnavailable,
  QUERY_TIMED_OUT: QueryTimedOut,
  RATE_LIMITED: RateLimited,
  RESULT_TOO_LARGE: ResultTooLarge,
  RESULT_EXPIRED: ResultExpired,
  PMS_ERROR: PmsError,
  OPERATION_NOT_SUPPORTED: OperationNotSupported,
  INVALID_INPUT: InvalidInput,
  NOT_FOUND: NotFound,
  SLOT_TAKEN: SlotTaken,
  OUTCOME_UNKNOWN: OutcomeUnknown,
  UPSTREAM_FAILED: UpstreamFailed,
} as const satisfies Record<HaloErrorCode, abstract new (...args: never[]) => HaloError>;
