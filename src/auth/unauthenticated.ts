/** The caller was not authenticated: HTTP 401. Neither text holds any part of the credential or of a token's claims. */
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

  /** The request has no credential. */
  static missing(): Unauthenticated {
    return new Unauthenticated(
      'Authentication is required. Send the header "Authorization: Bearer <token or API key>".',
      'no Authorization header',
      'Bearer',
    );
  }

  /** The request has a credential that is not accepted. */
  static refused(detail: string, message = 'The credential was not accepted.'): Unauthenticated {
    return new Unauthenticated(message, detail, 'Bearer error="invalid_token"');
  }

  static expired(): Unauthenticated {
    return Unauthenticated.refused('JWT: expired', 'The token has expired. Sign in again.');
  }
}
