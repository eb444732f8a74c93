/** Parses and validates a document, with bounds on its length and depth. */
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoFragmentCyclesRule,
  parse,
  validate,
} from 'graphql';
import { refusalExtensions } from '../error-codes.ts';
import { documentLimits, limitRule } from './document-rules.ts';
import { countFieldComparisons } from './field-comparisons.ts';

/** Several times the longest realistic document: five hundred ids in a list are five hundred tokens. */
const maxTokens = 10_000;
const maxCharacters = 100_000;
/** 30 ms of CPU time at most. The introspection query of GraphiQL needs 500, no known client more. */
const maxFieldComparisons = 50_000;

/** graphql-js reports one error for each fragment of a cycle. The first few are enough. */
const maxFirstErrors = 5;
/** Rules that run first. On such documents the other rules would take very long or never end. */
const firstRules = [limitRule(documentLimits), NoFragmentCyclesRule];

type Parse = (text: string, options: { readonly maxTokens: number }) => DocumentNode;
type Validate = (schema: GraphQLSchema, document: DocumentNode) => readonly GraphQLError[];

/** Parses a document. A document that is too long is refused at once. Throws a GraphQLError. */
export function readDocument(text: string, read: Parse = parse): DocumentNode {
  if (text.length > maxCharacters) throw tooLong();
  return notTooDeep(() => read(text, { maxTokens: maxTokens }));
}

/** Returns the errors of a document. Limits are checked first. A document that is nested too deeply is the caller's error. */
export function faultsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  check: Validate,
): readonly GraphQLError[] {
  try {
    const errors = validate(schema, document, firstRules, { maxErrors: maxFirstErrors });
    if (errors.length > 0) return errors;
    if (countFieldComparisons(document, maxFieldComparisons) > maxFieldComparisons)
      throw tooManyComparisons();
    return notTooDeep(() => check(schema, document));
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

const tooLong = () =>
  tooLarge(
    `The document is longer than ${maxCharacters} characters: send values as variables, or use several operations.`,
  );

const tooManyComparisons = () =>
  tooLarge(
    'The document selects the same fields too often, or combines too many fragments: select each field once, use fewer fragments, or send several operations.',
  );

function tooLarge(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: refusalExtensions('DOCUMENT_TOO_LARGE') });
}

/** Parser and rules are recursive, so a deep document exhausts the stack. */
function notTooDeep<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new GraphQLError('Syntax Error: nested too deeply.');
    throw error;
  }
}
