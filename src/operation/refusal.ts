import { GraphQLError } from 'graphql';
import { type RefusalCode, refusalStatus } from '../error-codes.ts';

/** The operation ends before it is executed; these are its `errors`. */
export class Refusal extends Error {
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super('The operation was refused.');
    this.name = 'Refusal';
    this.errors = errors;
  }
}

/** How the refusal looks in HTTP. */
interface RefusalStatus {
  /** @default that of the code */
  readonly status?: number;
  /** Whether the status is 200 where the response is `application/json`, as GraphQL over HTTP has it for errors in a document. */
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

/** The same errors, each with a code and the status of an error in the document or its variables. */
export function documentErrors(code: RefusalCode, errors: readonly GraphQLError[]): Refusal {
  for (const { extensions } of errors) {
    extensions.code ??= code;
    extensions.http = { status: 400, spec: true, ...(extensions.http as object | undefined) };
  }
  return new Refusal(errors);
}
