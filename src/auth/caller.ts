/** Who asks, as far as a credential tells. */
export interface Caller {
  /** For the log, limits and idempotency keys: no credential, and no other caller's name. See `callerName`. */
  readonly name: string;
  /** Whom a token names besides its client: the person (`sub`). For the audit. */
  readonly subject?: string | undefined;
  /** Of `everyScope`. */
  readonly scopes: readonly string[];
  /** Bp Site IDs that the caller may ask for. */
  readonly practices: readonly string[] | 'all';
}
