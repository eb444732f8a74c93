import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from './api.ts';
import { freeTimesKey } from './FreeTimes.tsx';
import type { FailureFragment } from './gql/graphql.ts';

/** A write that the practice refused, or whose outcome is open. */
export class WriteFailed extends Error {
  readonly code: FailureFragment['code'];

  constructor({ code, message }: Pick<FailureFragment, 'code' | 'message'>) {
    super(message);
    this.code = code;
  }
}

/**
 * Sends a write. Afterwards the free times are read again, and the book if it is polled: the stream brings the change by itself.
 * Rejects with WriteFailed.
 */
export function useWrite<Data, Input>(
  document: TypedDocumentNode<Data, { input: Input }>,
  onDone: () => void,
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (input: Input) => {
      const data = await client.request<Data>({ document, variables: { input } } as never);
      const result = Object.values(data as object)[0] as {
        readonly code?: FailureFragment['code'];
        readonly message?: string;
      };
      if (result.code !== undefined)
        throw new WriteFailed({ code: result.code, message: result.message ?? '' });
    },
    onSuccess: onDone,
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['book'] }),
        queries.invalidateQueries({ queryKey: [freeTimesKey] }),
      ]),
  });
}
