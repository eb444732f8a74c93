import { Unauthenticated } from './unauthenticated.ts';

/** Maximum length in characters, each of one byte. Longer credentials are refused unread. */
const longest = 8_192;
/** RFC 6750, section 2.1. */
const bearer = /^bearer +([\w.~+/-]+=*)$/i;

/** Returns the credential of an `Authorization` header. Throws Unauthenticated if it is not exactly one Bearer credential. */
export function bearerToken(header: string): string {
  if (header.length > 'Bearer '.length + longest) throw Unauthenticated.refused('Authorization: too long');
  const token = bearer.exec(header)?.[1];
  if (token === undefined) {
    throw Unauthenticated.refused(
      'Authorization: not one Bearer credential',
      'The header Authorization is not of the form "Bearer <token or API key>".',
    );
  }
  return token;
}
