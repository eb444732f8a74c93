/**
 * What a document may ask for, reckoned from its text alone: fragments count wherever they are spread, and yet each is looked
 * at once, so that a document of ten lines that multiplies without end costs no more to refuse than any other. Introspection
 * is left out: GraphiQL's own query is deep, and leads to no practice.
 */
import {
  type ASTVisitor,
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

/** What stands in an operation, all fragments spread. */
export interface DocumentSize {
  /** Fields below one another. */
  readonly depth: number;
  readonly fields: number;
  readonly rootFields: number;
  readonly aliases: number;
  readonly directives: number;
}

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

/** Measures the operations of a document. Of a fragment that leads back to itself, which is invalid anyway, the circle counts once. */
export function measure(document: DocumentNode): (operation: OperationDefinitionNode) => DocumentSize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<string, DocumentSize>();

  function ofFragment(name: string): DocumentSize {
    const size = known.get(name);
    if (size) return size;
    // What leads back here while it is measured finds nothing.
    known.set(name, empty);
    const fragment = fragments.get(name);
    const measured = fragment ? within(ofSelection(fragment.selectionSet), fragment.directives) : empty;
    known.set(name, measured);
    return measured;
  }

  function ofSelection(set: SelectionSetNode): DocumentSize {
    let sum = empty;
    for (const selection of set.selections) {
      switch (selection.kind) {
        case Kind.FRAGMENT_SPREAD:
          sum = plus(sum, within(ofFragment(selection.name.value), selection.directives));
          break;
        case Kind.INLINE_FRAGMENT:
          sum = plus(sum, within(ofSelection(selection.selectionSet), selection.directives));
          break;
        case Kind.FIELD: {
          if (selection.name.value === '__schema' || selection.name.value === '__type') break;
          const below = selection.selectionSet ? ofSelection(selection.selectionSet) : empty;
          const field = {
            ...below,
            depth: below.depth + 1,
            fields: below.fields + 1,
            rootFields: 1,
            aliases: below.aliases + (selection.alias ? 1 : 0),
          };
          sum = plus(sum, within(field, selection.directives));
        }
      }
    }
    return sum;
  }

  return ({ selectionSet, directives }) => within(ofSelection(selectionSet), directives);
}

const isOperation = (definition: DefinitionNode): definition is OperationDefinitionNode =>
  definition.kind === Kind.OPERATION_DEFINITION;

const empty: DocumentSize = { depth: 0, fields: 0, rootFields: 0, aliases: 0, directives: 0 };

const plus = (a: DocumentSize, b: DocumentSize): DocumentSize => ({
  depth: Math.max(a.depth, b.depth),
  fields: a.fields + b.fields,
  rootFields: a.rootFields + b.rootFields,
  aliases: a.aliases + b.aliases,
  directives: a.directives + b.directives,
});

const within = (size: DocumentSize, directives: readonly unknown[] = []): DocumentSize => ({
  ...size,
  directives: size.directives + directives.length,
});
