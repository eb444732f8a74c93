import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** What cannot be read is the fault of who sent it: a query string whose variables are no JSON, a body that breaks off. */
export function useReadableRequests(): Plugin {
  return {
    onRequestParse({ requestParser, setRequestParser }) {
      if (!requestParser) return;
      setRequestParser(async (request) => {
        try {
          return await requestParser(request);
        } catch (error) {
          if (error instanceof GraphQLError) throw error;
          throw new GraphQLError('The request cannot be read.', {
            extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
          });
        }
      });
    },
  };
}
