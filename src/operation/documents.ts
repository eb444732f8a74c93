import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { prepareOperation, type TakeBytes } from '../engine/executor.ts';
import { faultsOf, readDocument } from '../limits/read-document.ts';
import { createDocumentMemory } from './document-memory.ts';
import { type RunnableOperation, subscriptionOperation } from './subscription-operation.ts';

/** A parsed document, with the results of later steps. */
export interface KnownDocument {
  readonly document: DocumentNode;
  /** Validation errors; empty for a valid document. The document is validated once. */
  readonly faults: readonly GraphQLError[];
  /** One of its operations, prepared for execution. Null: the document is not valid or has no such operation. */
  operation(name: string | null | undefined): RunnableOperation | null;
}

export interface Documents {
  /** Parses a document, or returns it from the cache. Throws a GraphQLError for one that cannot be parsed. */
  read(text: string): KnownDocument;
  /** Returns a document from the cache. Undefined: it is not there. */
  remembered(text: string): KnownDocument | undefined;
  /** Estimated size of the cache in bytes. The estimate is rather too high than too low. */
  readonly bytes: number;
}

export interface DocumentsOptions {
  readonly schema: GraphQLSchema;
  /** Validation rules in addition to those of the specification. */
  readonly rules?: readonly ValidationRule[];
  /** See `prepareOperation`. */
  readonly compileAfter?: number | undefined;
}

/** Measured: a syntax tree takes 240 to 480 bytes for each token, plus the text itself. */
const bytesPerToken = 500;
const bytesPerCharacter = 2;
const bytesPerFault = 2_000;

export function createDocuments(options: DocumentsOptions): Documents {
  const memory = createDocumentMemory<RememberedDocument>();
  return {
    read(text) {
      const remembered = memory.get(text);
      if (remembered) return remembered;
      const document = readDocument(text);
      const known: RememberedDocument = new RememberedDocument(document, options, (bytes) =>
        memory.take(text, known, bytes),
      );
      const tokens = document.tokenCount ?? text.length;
      memory.set(text, known, tokens * bytesPerToken + text.length * bytesPerCharacter);
      return known;
    },
    remembered: (text) => memory.get(text),
    get bytes() {
      return memory.size;
    },
  };
}

class RememberedDocument implements KnownDocument {
  readonly document: DocumentNode;
  readonly #options: DocumentsOptions;
  readonly #takeBytes: TakeBytes;
  #faults: readonly GraphQLError[] | undefined;
  readonly #operations = new Map<OperationDefinitionNode, RunnableOperation>();

  constructor(document: DocumentNode, options: DocumentsOptions, takeBytes: TakeBytes) {
    this.document = document;
    this.#options = options;
    this.#takeBytes = takeBytes;
  }

  get faults(): readonly GraphQLError[] {
    if (!this.#faults) {
      const { schema, rules = [] } = this.#options;
      const check = () => validate(schema, this.document, [...specifiedRules, ...rules]);
      this.#faults = faultsOf(schema, this.document, check);
      this.#takeBytes(this.#faults.length * bytesPerFault);
    }
    return this.#faults;
  }

  operation(name: string | null | undefined): RunnableOperation | null {
    const operation = this.faults.length === 0 ? getOperationAST(this.document, name) : null;
    if (!operation) return null;
    let prepared = this.#operations.get(operation);
    if (prepared === undefined) {
      const { schema, compileAfter } = this.#options;
      const options = { takeBytes: this.#takeBytes, ...(compileAfter === undefined ? {} : { compileAfter }) };
      prepared =
        prepareOperation(schema, this.document, operation.name?.value, options) ??
        subscriptionOperation(schema, this.document, operation);
      this.#operations.set(operation, prepared);
    }
    return prepared;
  }
}
