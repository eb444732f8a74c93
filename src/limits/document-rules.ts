/**
 * Limits on the size of a document. A fragment counts each time it is spread, but is measured once, so a short document
 * whose fragments multiply is refused as fast as any other. Introspection does not count: GraphiQL's own query is deep and
 * reaches no practice.
 */

import {
  type ASTVisitor,
  type DefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { type RefusalCode, refusalExtensions } from '../error-codes.ts';
import { type DocumentSize, measure } from '../lib/document-size.ts';

export type DocumentLimits = DocumentSize;

export const documentLimits: DocumentLimits = {
  depth: 15,
  fields: 2_000,
  rootFields: 20,
  aliases: 50,
  directives: 50,
};

/** Maximum number of operations in a document. A front end sends one; GraphiQL sends all of a tab. */
const maxOperations = 20;

const refusals: Readonly<
  Record<keyof DocumentSize, { readonly code: RefusalCode; readonly says: (max: number) => string }>
> = {
  depth: {
    code: 'DOCUMENT_TOO_DEEP',
    says: (max) =>
      `The operation is nested more than ${max} fields deep: leave out fields that lead back to their parent.`,
  },
  fields: {
    code: 'DOCUMENT_TOO_LARGE',
    says: (max) =>
      `The operation selects more than ${max} fields, and a fragment counts each time it is spread: select fewer fields, or use several operations.`,
  },
  rootFields: {
    code: 'TOO_MANY_ROOT_FIELDS',
    says: (max) =>
      `The operation has more than ${max} fields at its root: use \`practices\` or \`nodes\`, or several operations.`,
  },
  aliases: {
    code: 'TOO_MANY_ALIASES',
    says: (max) =>
      `The operation has more than ${max} aliases: use a field that takes a list, or several operations.`,
  },
  directives: {
    code: 'TOO_MANY_DIRECTIVES',
    says: (max) =>
      `The operation has more than ${max} directives: leave fields out instead of skipping them.`,
  },
};

/** Refuses a document with too many operations, and operations above a limit, with one error for each limit. */
export function limitRule(limits: DocumentLimits): ValidationRule {
  return (context: ValidationContext): ASTVisitor => ({
    Document(document) {
      const operations = document.definitions.filter(isOperation);
      if (operations.length > maxOperations) {
        const message = `The document has more than ${maxOperations} operations. Send only the one to run.`;
        const extensions = refusalExtensions('DOCUMENT_TOO_LARGE');
        context.reportError(new GraphQLError(message, { extensions }));
        return;
      }
      const sizeOf = measure(document);
      for (const definition of operations) {
        const size = sizeOf(definition);
        for (const limit of Object.keys(refusals) as (keyof DocumentSize)[]) {
          const { code, says } = refusals[limit];
          if (size[limit] <= limits[limit]) continue;
          context.reportError(
            new GraphQLError(says(limits[limit]), {
              nodes: definition,
              extensions: refusalExtensions(code),
            }),
          );
        }
      }
    },
  });
}

const isOperation = (definition: DefinitionNode): definition is OperationDefinitionNode =>
  definition.kind === Kind.OPERATION_DEFINITION;
