/** Settings for Apollo Client 4. */
import { ApolloLink, type InMemoryCacheConfig } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { Observable } from 'rxjs';
import { connections, subscriptionFields } from './generated/cache-keys.ts';
import { possibleTypes } from './generated/possible-types.ts';
import { type RetryOptions, retryDelay } from './retry.ts';

export { updateBook } from './apollo-book.ts';

/**
 * For `new InMemoryCache(haloCache)`. Pages of a connection are joined (`fetchMore` with the next `after`).
 * Selections of `viewer` in several operations are merged. Fragments on `HaloError` match its types.
 */
export const haloCache: InMemoryCacheConfig & { readonly typePolicies: object } = {
  possibleTypes,
  typePolicies: typePolicies(),
};

function typePolicies(): NonNullable<InMemoryCacheConfig['typePolicies']> {
  const policies: NonNullable<InMemoryCacheConfig['typePolicies']> = {
    Viewer: { merge: true },
    Subscription: { fields: Object.fromEntries(subscriptionFields.map((name) => [name, { merge: false }])) },
  };
  for (const { type, field, keyArgs } of connections) {
    const { fields, ...others } = policies[type] ?? {};
    policies[type] = { ...others, fields: { ...fields, [field]: relayStylePagination([...keyArgs]) } };
  }
  return policies;
}

/** Sends a query again while all its errors are retryable, after the time that they name. Mutations are never sent again. */
export function haloRetryLink(options: RetryOptions = {}): ApolloLink {
  return new ApolloLink((operation, forward) => {
    const definition = operation.query.definitions.find(
      (each): each is OperationDefinitionNode => each.kind === 'OperationDefinition',
    );
    if (definition?.operation !== OperationTypeNode.QUERY) return forward(operation);
    return new Observable((observer) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let inFlight: { unsubscribe(): void } | undefined;
      const send = (attempt: number) => {
        let again: number | undefined;
        inFlight = forward(operation).subscribe({
          next(result) {
            again = retryDelay(result, attempt, options);
            if (again === undefined) observer.next(result);
          },
          error: (error) => observer.error(error),
          complete() {
            if (again === undefined) observer.complete();
            else timer = setTimeout(send, again, attempt + 1);
          },
        });
      };
      send(1);
      return () => {
        clearTimeout(timer);
        inFlight?.unsubscribe();
      };
    });
  });
}
