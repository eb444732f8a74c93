import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { documentLimits, limitRule } from '../limits/document-rules.ts';

/** The longest document that somebody would write, several times over: five hundred ids in a list are five hundred tokens. */
const mostTokens = 10_000;

/** A document is refused while it is read, before its length costs anything; one nested without end is the caller's fault. */
export function useDocumentLimits(): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(limitRule(documentLimits));
    },
    onParse({ parseFn, setParseFn }) {
      setParseFn((source, options) => {
        try {
          return parseFn(source, { ...options, maxTokens: mostTokens });
        } catch (error) {
          if (error instanceof RangeError) throw new GraphQLError('Syntax Error: nested too deeply.');
          throw error;
        }
      });
    },
  };
}
