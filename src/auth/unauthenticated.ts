/** Nobody was recognised: HTTP 401. Neither text holds anything of the credential, or of what a token says. */
export class Unauthenticated extends Error {
  /** For the log. */
  readonly detail: string;
  /** Value of `WWW-Authenticate` (RFC 6750, section 3). */
  readonly challenge: string;

  private constructor(message: string, detail: string, challenge: string) {
    super(message);
    this.name = 'Unauthenticated';
    this.detail = detail;
    this.challenge = challenge;
  }

  /** No credential came. */
  static missing(): Unauthenticated {
    return new Unauthenticated(
      'Say who you are: send the header "Authorization: Bearer <token or API key>".',
      'no Authorization header',
      'Bearer',
    );
  }

  /** One came, and is not accepted. */
  static refused(detail: string, message = 'The credential was not accepted.'): Unauthenticated {
    return new Unauthenticated(message, detail, 'Bearer error="invalid_token"');
  }
}
