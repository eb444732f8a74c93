import type { RefusalCode } from '../error-codes.ts';

/** The body of a response to a request that no operation answers. */
export const refusalText = (code: RefusalCode, message: string): string =>
  JSON.stringify({ errors: [{ message, extensions: { code } }] });
