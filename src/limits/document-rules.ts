/**
 * What a document may ask for, reckoned from its text alone: fragments count wherever they are spread, and yet each is looked
 * at once, so that a document of ten lines that multiplies without end costs no more to refuse than any other. Introspection
 * is left out: GraphiQL's own query is deep, and leads to no practice.
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
import { type DocumentSize, measure } from '../lib/document-size.ts';

export type DocumentLimits = DocumentSize;

export const documentLimits: DocumentLimits = {
  depth: 15,
  fields: 2_000,
  rootFields: 20,
  aliases: 50,
  directives: 50,
};

/** Operations of one document. A front end sends one, GraphiQL those of a tab. */
const maxOperations = 20;

const refusals: Readonly<
  Record<keyof DocumentSize, { readonly code: string; readonly says: (most: number) => string }>
> = {
  depth: {
    code: 'DOCUMENT_TOO_DEEP',
    says: (most) =>
      `The operation has fields below one another more than ${most} deep: leave out what leads back.`,
  },
  fields: {
    code: 'DOCUMENT_TOO_LARGE',
    says: (most) =>
      `The operation asks for more than ${most} fields, fragments counted wherever they are spread: ask for fewer, or in several operations.`,
  },
  rootFields: {
    code: 'TOO_MANY_ROOT_FIELDS',
    says: (most) =>
      `The operation has more than ${most} fields at its root: use \`practices\` or \`nodes\`, or several operations.`,
  },
  aliases: {
    code: 'TOO_MANY_ALIASES',
    says: (most) =>
      `The operation has more than ${most} aliases: use a field that takes a list, or several operations.`,
  },
  directives: {
    code: 'TOO_MANY_DIRECTIVES',
    says: (most) =>
      `The operation has more than ${most} directives: leave fields out instead of skipping them.`,
  },
};

/** Refuses a document of too many operations, and each operation that is beyond a limit, with one error for each limit. */
export function limitRule(limits: DocumentLimits): ValidationRule {
  return (context: ValidationContext): ASTVisitor => ({
    Document(document) {
      const operations = document.definitions.filter(isOperation);
      if (operations.length > maxOperations) {
        const message = `The document has more than ${maxOperations} operations. Send the one that is to run.`;
        const extensions = { code: 'DOCUMENT_TOO_LARGE', http: { status: 400 } };
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
              extensions: { code, http: { status: 400 } },
            }),
          );
        }
      }
    },
  });
}

const isOperation = (definition: DefinitionNode): definition is OperationDefinitionNode =>
  definition.kind === Kind.OPERATION_DEFINITION;
