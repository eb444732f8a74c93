/** The caller, as far as the credential identifies it. */
export interface Caller {
  /** Unique name for the log, limits and idempotency keys. Holds no credential. See `callerName`. */
  readonly name: string;
  /** The person that a token names in addition to its client (`sub`). For the audit trail. */
  readonly subject?: string | undefined;
  /** A subset of `everyScope`. */
  readonly scopes: readonly string[];
  /** Bp Site IDs of the practices that the caller may access. */
  readonly practices: readonly string[] | 'all';
  /** When the token expires, in milliseconds since 1970. Absent: the credential does not expire. */
  readonly expiresAt?: number | undefined;
}
