import {
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { type PreparedOperation, prepareOperation } from '../execution/prepare-operation.ts';
import { faultsOf, readDocument } from '../limits/read-document.ts';

/** Documents kept ready: of a front end all, and of a flood of new ones no more. */
const mostDocuments = 200;

export interface PreparedDocumentsOptions {
  readonly schema: GraphQLSchema;
  /** Rules beside those of the specification. */
  readonly rules: readonly ValidationRule[];
  /** What was read before; of a text that is not among them nothing is prepared. */
  readonly documents: { get(text: string): DocumentNode | undefined };
  /** As `prepareOperation` takes it. */
  readonly compileAfter?: number | undefined;
}

/** The same documents, and those that never came before. */
export function readAlways(documents: LRUCache<string, DocumentNode>): PreparedDocumentsOptions['documents'] {
  return {
    get(text) {
      const known = documents.get(text);
      if (known) return known;
      try {
        const document = readDocument(text);
        documents.set(text, document);
        return document;
      } catch {
        return undefined;
      }
    },
  };
}

/** Operations that came before, read, found valid and made ready; null: not to be had. */
export type PreparedDocuments = (text: string, operationName: string | undefined) => PreparedOperation | null;

export function prepareDocuments({
  schema,
  rules,
  documents,
  ...options
}: PreparedDocumentsOptions): PreparedDocuments {
  const allRules = [...specifiedRules, ...rules];
  const known = new LRUCache<DocumentNode, PreparedDocument>({ max: mostDocuments });

  function prepare(document: DocumentNode): PreparedDocument {
    const faults = faultsOf(schema, document, () => validate(schema, document, allRules));
    const prepared = { valid: faults.length === 0, operations: new Map() };
    known.set(document, prepared);
    return prepared;
  }

  return (text, operationName) => {
    const document = documents.get(text);
    if (!document) return null;
    const { valid, operations } = known.get(document) ?? prepare(document);
    const operation = valid ? getOperationAST(document, operationName) : null;
    if (!operation) return null;
    let prepared = operations.get(operation);
    if (prepared === undefined) {
      prepared = prepareOperation(schema, document, operationName, options) ?? null;
      operations.set(operation, prepared);
    }
    return prepared;
  };
}

interface PreparedDocument {
  readonly valid: boolean;
  /** Null: one that cannot be prepared, such as a subscription. */
  readonly operations: Map<OperationDefinitionNode, PreparedOperation | null>;
}
