/** Tokens cannot be checked at the moment. It is HTTP 503, not 401, because it is not the caller's fault. */
export class CannotCheck extends Error {
  /** For `Retry-After`. */
  readonly retryAfterSeconds: number;
  /** For the log. */
  readonly detail: string;

  constructor(retryAfterSeconds: number, detail: string) {
    super('Tokens cannot be checked at the moment. Try again shortly.');
    this.name = 'CannotCheck';
    this.retryAfterSeconds = retryAfterSeconds;
    this.detail = detail;
  }
}
