/** Reading a document without its length or depth costing more than it may. */
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoFragmentCyclesRule,
  parse,
  validate,
} from 'graphql';
import { documentLimits, limitRule } from './document-rules.ts';
import { countFieldComparisons } from './field-comparisons.ts';

/** The longest document that somebody would write, several times over: five hundred ids in a list are five hundred tokens. */
const maxTokens = 10_000;
const maxCharacters = 100_000;
/** 30 ms of CPU time at most. The introspection query of GraphiQL needs 500, no known client more. */
const maxFieldComparisons = 50_000;

/** Of a circle all its fragments are told, each with its place in the document: a few are enough. */
const maxFirstErrors = 5;
/** What the other rules, which take long over it or do not come back, are spared. */
const firstRules = [limitRule(documentLimits), NoFragmentCyclesRule];

type Parse = (text: string, options: { readonly maxTokens: number }) => DocumentNode;
type Validate = (schema: GraphQLSchema, document: DocumentNode) => readonly GraphQLError[];

/** A document is refused while it is read, before its length costs anything. Throws a GraphQLError. */
export function readDocument(text: string, read: Parse = parse): DocumentNode {
  if (text.length > maxCharacters) throw tooLong();
  return notTooDeep(() => read(text, { maxTokens: maxTokens }));
}

/** What is wrong with it, limits first; a document that is nested without end is the caller's fault. */
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
    `The document is longer than ${maxCharacters} characters: send values as variables, or ask in several operations.`,
  );

const tooManyComparisons = () =>
  tooLarge(
    'The document selects the same fields too often, or combines too many fragments: select each field once, use fewer fragments, or send several operations.',
  );

function tooLarge(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'DOCUMENT_TOO_LARGE', http: { status: 400 } } });
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
