import { Unauthenticated } from './unauthenticated.ts';

/** In characters, each of them one byte: nothing longer is looked at. */
const longest = 8_192;
/** RFC 6750, section 2.1. */
const bearer = /^bearer +([\w.~+/-]+=*)$/i;

/** The one credential of an `Authorization` header. Throws Unauthenticated for any other header. */
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
