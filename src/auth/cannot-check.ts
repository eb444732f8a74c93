/** Whether a token is genuine cannot be told at the moment: HTTP 503. Not the caller's fault, so no 401. */
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
