import { GraphQLError } from 'graphql';
import { type RefusalCode, refusalStatus } from '../error-codes.ts';

/** Ends the operation before execution, with these `errors`. */
export class Refusal extends Error {
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super('The operation was refused.');
    this.name = 'Refusal';
    this.errors = errors;
  }
}

/** The HTTP status and headers of a refusal. */
interface RefusalStatus {
  /** @default the status of the code */
  readonly status?: number;
  /** Whether the status is 200 in `application/json`, as GraphQL over HTTP requires for errors in a document. */
  readonly spec?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal with one error. */
export function refuse(
  code: RefusalCode,
  message: string,
  status: RefusalStatus = {},
  details: object = {},
): Refusal {
  const http = { status: refusalStatus[code], ...status };
  return new Refusal([new GraphQLError(message, { extensions: { code, http, ...details } })]);
}

/** A refusal with these errors. Each gets the code and the HTTP status of an error in the document or its variables. */
export function documentErrors(code: RefusalCode, errors: readonly GraphQLError[]): Refusal {
  for (const { extensions } of errors) {
    extensions.code ??= code;
    extensions.http = { status: refusalStatus[code], spec: true, ...(extensions.http as object | undefined) };
  }
  return new Refusal(errors);
}
