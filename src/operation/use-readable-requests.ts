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
          throw error instanceof GraphQLError ? error : refusal('The request cannot be read.');
        }
      });
    },
    onParams({ params }) {
      if (!isText(params.variables)) throw refusal('The variables hold half a character.');
    },
  };
}

/** JSON can spell half a character, `"\ud800"`; it is in no text, and neither a URL nor a database takes it. */
export function isText(json: unknown): boolean {
  // No recursion: it may be nested without end.
  const left = [json];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'string' && !value.isWellFormed()) return false;
    if (typeof value !== 'object' || value === null) continue;
    for (const part of Object.values(value)) left.push(part);
  }
  return true;
}

function refusal(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
}
