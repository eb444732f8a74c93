import type { Plugin } from 'graphql-yoga';
import { faultsOf, readDocument } from '../limits/read-document.ts';

/** Refuses documents that cost too much to read. */
export function useDocumentLimits(): Plugin {
  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((source, options) =>
        readDocument(textOf(source), (_, limits) => parseFn(source, { ...options, ...limits })),
      );
    },
    onValidate({ validateFn, setValidationFn }) {
      setValidationFn((schema, document, ...rest) =>
        faultsOf(schema, document, () => validateFn(schema, document, ...rest)),
      );
    },
  };
}

function textOf(source: unknown): string {
  return typeof source === 'string' ? source : (source as { readonly body: string }).body;
}
