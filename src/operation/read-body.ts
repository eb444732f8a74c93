import { GraphQLError } from 'graphql';
import { stopIfClosed } from './connection-closed.ts';
import type { Operation } from './operation.ts';
import { type Params, readParams } from './read-params.ts';
import { Refusal, refuse } from './refusal.ts';

/** Reads the parameters, which is put off until the caller has been admitted. */
export async function readBody(operation: Operation, read: () => Promise<unknown>): Promise<Params> {
  try {
    return readParams(await read());
  } catch (error) {
    stopIfClosed(operation);
    if (error instanceof Refusal) throw error;
    if (error instanceof GraphQLError) {
      error.extensions.code ??= 'BAD_REQUEST';
      throw new Refusal([error]);
    }
    throw refuse('BAD_REQUEST', 'The request cannot be read.', { status: 400 });
  }
}
