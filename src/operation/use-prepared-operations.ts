import type { Plugin } from 'graphql-yoga';
import type { Documents } from './documents.ts';
import { stateOf } from './request-state.ts';

/** Variables are coerced once for each request, before it is priced; what is run is the prepared operation. */
export function usePreparedOperations(documents: Documents): Plugin {
  return {
    onExecute({ args, setExecuteFn }) {
      const { document, operationName, contextValue, variableValues } = args;
      const prepared = documents.of(document)?.operation(operationName);
      // Without an operation of that name graphql-js says what is wrong.
      if (!prepared) return;
      const { coerced, errors } = prepared.coerce(variableValues);
      if (errors) return setExecuteFn(() => ({ errors }));
      stateOf(contextValue.request).prepared = { operation: prepared, variables: coerced };
      setExecuteFn(({ contextValue: context }) => prepared.execute(context, coerced));
    },
  };
}
