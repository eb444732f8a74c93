import type { Plugin } from 'graphql-yoga';
import type { Documents } from './documents.ts';

/** Documents are parsed and validated once, and refused where that would cost too much. */
export function useDocuments(documents: Documents): Plugin {
  return {
    onParse({ setParseFn }) {
      setParseFn((source) => documents.read(textOf(source)).document);
    },
    onValidate({ params: { documentAST }, setResult }) {
      const known = documents.of(documentAST);
      if (known) setResult(known.faults);
    },
  };
}

function textOf(source: unknown): string {
  return typeof source === 'string' ? source : (source as { readonly body: string }).body;
}
