import { type HaloErrorCode, type HaloErrorDetails, haloErrorTypes } from './generated/errors.ts';

/** A failure that halo-graph reports, thrown: of a union's member by `unwrap`, of an entry in `errors` by `haloErrors`. */
export class HaloGraphError extends Error {
  /** Decide by this, never by `message`. */
  readonly code: HaloErrorCode;
  /** Whether the same request can succeed later, after `retryAfterSeconds` where there is one. */
  readonly retryable: boolean;
  /** Seconds to wait before the same request is sent again; null when unknown. */
  readonly retryAfterSeconds: number | null;
  /**
   * The other fields, by type: `switch (error.details.type)`. For a union member, only the fields that the operation
   * selected.
   */
  readonly details: HaloErrorDetails;
  /** The response names that lead to the field; empty for a union's member. */
  readonly path: readonly (string | number)[];

  constructor(message: string, details: HaloErrorDetails, path: readonly (string | number)[] = []) {
    super(message);
    this.name = 'HaloGraphError';
    this.code = details.code;
    this.retryable = details.retryable;
    this.retryAfterSeconds = 'retryAfterSeconds' in details ? (details.retryAfterSeconds ?? null) : null;
    this.details = details;
    this.path = path;
  }
}

/** An entry in `errors`, as every client gives it. */
export interface GraphQLErrorEntry {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** The entry as a typed error; undefined for one that does not come from a field of halo-graph, such as `UNAUTHENTICATED`. */
export function haloError({ message, path, extensions }: GraphQLErrorEntry): HaloGraphError | undefined {
  return isDetails(extensions) ? new HaloGraphError(message, extensions, path) : undefined;
}

/**
 * The typed errors in whatever a client gives: an entry, a list of entries, a response, or the error that Apollo
 * (`CombinedGraphQLErrors`), urql (`CombinedError`), graphql-request (`ClientError`) or Relay's fetch function threw.
 */
export function haloErrors(from: unknown): readonly HaloGraphError[] {
  if (from instanceof HaloGraphError) return [from];
  if (Array.isArray(from)) return from.flatMap(haloErrors);
  if (typeof from !== 'object' || from === null) return [];
  const { errors, graphQLErrors, response, extensions, message } = from as Readonly<Record<string, unknown>>;
  if (typeof message === 'string' && isDetails(extensions)) {
    return [haloError(from as GraphQLErrorEntry)].flatMap((error) => error ?? []);
  }
  for (const list of [errors, graphQLErrors]) if (Array.isArray(list)) return list.flatMap(haloErrors);
  return response === undefined ? [] : haloErrors(response);
}

function isDetails(extensions: unknown): extensions is HaloErrorDetails {
  if (typeof extensions !== 'object' || extensions === null) return false;
  const { code, type } = extensions as Readonly<Record<string, unknown>>;
  return typeof code === 'string' && code in haloErrorTypes && haloErrorTypes[code as HaloErrorCode] === type;
}
