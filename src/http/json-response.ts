import type { ExecutionResult, GraphQLError } from 'graphql';
import { jsonPieces } from '../engine/executor.ts';
import { DeliveredResult } from '../operation/result-text.ts';
import type { MediaType } from './media-type.ts';

export interface JsonResponse {
  readonly status: number;
  /** Belongs to this response alone. */
  readonly headers: Record<string, string>;
  /** The parts of one text, in order. */
  readonly body: readonly (string | Buffer)[];
}

const contentTypes: Readonly<Record<MediaType, string>> = {
  'application/json': 'application/json; charset=utf-8',
  'application/graphql-response+json': 'application/graphql-response+json; charset=utf-8',
};

/** The HTTP status and headers of an error. They are read here and left out of the body. */
interface HttpExtension {
  readonly status?: number;
  /** Whether the status is 200 in `application/json`, as GraphQL over HTTP requires for errors in a document. */
  readonly spec?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

const httpOf = ({ extensions }: GraphQLError): HttpExtension | undefined =>
  extensions.http as HttpExtension | undefined;

/**
 * Formats a result as GraphQL over HTTP specifies.
 * @param headers of this response. Those of the result are added.
 */
export function jsonResponse(
  result: ExecutionResult,
  mediaType: MediaType,
  headers: Record<string, string>,
): JsonResponse {
  headers['content-type'] = contentTypes[mediaType];
  const { errors } = result;
  if (!errors) return { status: 200, headers, body: jsonPieces(result) };
  for (const error of errors) Object.assign(headers, httpOf(error)?.headers);
  const body = jsonPieces(publicResult(result));
  return { status: statusOf(result, errors, mediaType), headers, body };
}

/** A result without its server-internal members. */
export function publicResult(result: ExecutionResult): ExecutionResult {
  const { errors } = result;
  // A result that subscribers share has no internal members. Its text is kept.
  if (!errors || result instanceof DeliveredResult) return result;
  return { ...result, errors: errors.map(publicError) as GraphQLError[] };
}

function statusOf({ data }: ExecutionResult, errors: readonly GraphQLError[], mediaType: MediaType): number {
  let status = 0;
  for (const error of errors) {
    const http = httpOf(error);
    if (http?.status === undefined || (http.spec && mediaType === 'application/json')) continue;
    status = Math.max(status, http.status);
  }
  if (status > 0) return status;
  const unexpected = errors.some(({ extensions }) => extensions.unexpected);
  return unexpected && data === undefined ? 500 : 200;
}

/** The error without its server-internal extensions. */
function publicError(error: GraphQLError): object {
  const { message, locations, path, extensions } = error.toJSON();
  const { http, unexpected, ...rest } = { ...extensions };
  return { message, locations, path, extensions: Object.keys(rest).length > 0 ? rest : undefined };
}
