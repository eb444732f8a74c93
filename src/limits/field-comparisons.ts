import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/**
 * How many fields graphql-js visits, and how many pairs it compares at most, to check that fields of one response name can
 * be merged. The number of pairs grows with the square of the document. Counting stops above `max`, so it is always short.
 */
export function countFieldComparisons(document: DocumentNode, max: number): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  let count = 0;
  let fragmentPairs = 0;
  const total = () => count + Math.min(fragmentPairs, fragments.size ** 2);

  /** @param sets the selection sets whose fields are merged into one object of the response */
  function countMerged(sets: readonly SelectionSetNode[]): void {
    const level = collect(sets, fragments);
    // Each selection set is compared with each fragment, and each spread with each other. Two fragments are compared once.
    count += level.fields.size + sets.length * level.spread.size + level.spreads ** 2 / 2;
    if (level.spreads > 1) fragmentPairs += level.spread.size ** 2 / 2;
    for (const fields of level.fields.values()) {
      const weight = fields.reduce((sum, field) => sum + 1 + (field.arguments?.length ?? 0), 0);
      count += ((fields.length - 1) * weight) / 2;
      if (total() > max) return;
      const below = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
      if (below.length > 0) countMerged(below);
    }
  }

  for (const definition of document.definitions) {
    if ('selectionSet' in definition && total() <= max) countMerged([definition.selectionSet]);
  }
  return total();
}

interface Level {
  readonly fields: Map<string, FieldNode[]>;
  /** Names of the fragments whose fields are among them. */
  readonly spread: Set<string>;
  /** Spreads in the selection sets themselves. */
  spreads: number;
}

function collect(
  sets: readonly SelectionSetNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Level {
  const level: Level = { fields: new Map(), spread: new Set(), spreads: 0 };
  const within = ({ selections }: SelectionSetNode, isSpread: boolean): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        within(selection.selectionSet, isSpread);
      } else if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const sameName = level.fields.get(name);
        if (sameName) sameName.push(selection);
        else level.fields.set(name, [selection]);
      } else {
        const name = selection.name.value;
        if (!isSpread) level.spreads += 1;
        const fragment = fragments.get(name);
        if (!fragment || level.spread.has(name)) continue;
        level.spread.add(name);
        within(fragment.selectionSet, true);
      }
    }
  };
  for (const set of sets) within(set, false);
  return level;
}
