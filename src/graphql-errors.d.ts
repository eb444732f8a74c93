import type { ErrorCode } from './error-codes.ts';

/** Every `GraphQLError` of this program has a code of error-codes.ts. */
declare module 'graphql/error/GraphQLError.js' {
  interface GraphQLErrorExtensions {
    code?: ErrorCode;
  }
}
