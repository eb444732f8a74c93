import type { Plugin } from 'graphql-yoga';
import { stateOf } from '../operation/request-state.ts';

/** Every response names its request, so that the person who reports a problem can say which. */
export function useRequestId(): Plugin {
  return {
    onResponse({ request, response }) {
      response.headers.set('x-request-id', stateOf(request).requestId);
    },
  };
}
