import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** The size of an operation with all fragments spread. */
export interface DocumentSize {
  /** Levels of nested fields. */
  readonly depth: number;
  readonly fields: number;
  readonly rootFields: number;
  readonly aliases: number;
  readonly directives: number;
}

/** Measures the operations of a document. A cycle of fragments, which is invalid anyway, counts once. */
export function measure(document: DocumentNode): (operation: OperationDefinitionNode) => DocumentSize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<string, DocumentSize>();

  function ofFragment(name: string): DocumentSize {
    const size = known.get(name);
    if (size) return size;
    // A cycle that comes back here finds an empty size.
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
