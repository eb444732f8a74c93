import { GraphQLError, NoFragmentCyclesRule, validate } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { documentLimits, limitRule } from '../limits/document-rules.ts';

/** The longest document that somebody would write, several times over: five hundred ids in a list are five hundred tokens. */
const mostTokens = 10_000;
const mostCharacters = 100_000;

/** Of a circle all its fragments are told, each with its place in the document: a few are enough. */
const mostFirstErrors = 5;
/** What the other rules, which take long over it or do not come back, are spared. */
const firstRules = [limitRule(documentLimits), NoFragmentCyclesRule];

/** A document is refused while it is read, before its length costs anything; one nested without end is the caller's fault. */
export function useDocumentLimits(): Plugin {
  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((source, options) => {
        if (textOf(source).length > mostCharacters) throw tooLong();
        return notTooDeep(() => parseFn(source, { ...options, maxTokens: mostTokens }));
      });
    },
    onValidate({ validateFn, setValidationFn }) {
      setValidationFn((schema, document, ...rest) => {
        try {
          const errors = validate(schema, document, firstRules, { maxErrors: mostFirstErrors });
          return errors.length > 0 ? errors : notTooDeep(() => validateFn(schema, document, ...rest));
        } catch (error) {
          if (error instanceof GraphQLError) return [error];
          throw error;
        }
      });
    },
  };
}

function textOf(source: unknown): string {
  return typeof source === 'string' ? source : (source as { readonly body: string }).body;
}

function tooLong(): GraphQLError {
  return new GraphQLError(
    `The document is longer than ${mostCharacters} characters: send values as variables, or ask in several operations.`,
    { extensions: { code: 'DOCUMENT_TOO_LARGE', http: { status: 400 } } },
  );
}

/** Those who read it descend into it, until the stack ends. */
function notTooDeep<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new GraphQLError('Syntax Error: nested too deeply.');
    throw error;
  }
}
