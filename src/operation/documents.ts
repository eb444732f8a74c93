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

/** A document that was parsed, with all that was found out about it since. */
export interface KnownDocument {
  readonly document: DocumentNode;
  /** What is wrong with it; empty for a valid one. It is validated once. */
  readonly faults: readonly GraphQLError[];
  /** One of its operations, ready to run. Null: it is not valid, or it has no such operation. */
  operation(name: string | null | undefined): RunnableOperation | null;
}

export interface Documents {
  /** Parses a document, or remembers it. Throws a GraphQLError for one that cannot be read. */
  read(text: string): KnownDocument;
  /** The same for what was read before; undefined for what was not. */
  remembered(text: string): KnownDocument | undefined;
  /** Bytes that are taken by all that is remembered; an estimate, rather too high than too low. */
  readonly bytes: number;
}

export interface DocumentsOptions {
  readonly schema: GraphQLSchema;
  /** Rules beside those of the specification. */
  readonly rules?: readonly ValidationRule[];
  /** As `prepareOperation` takes it. */
  readonly compileAfter?: number | undefined;
}

/** Measured: of a syntax tree 240 to 480 bytes a token, and the text itself. */
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
