import { type FragmentDefinitionNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';
import { ResultTooLarge } from '../errors.ts';

/** Values that one operation may answer: some 12,000 appointments with everything that hangs on them. */
export const maxValues = 1_000_000;

/** What one operation may still answer. */
export interface AnswerBudget {
  /** Takes a list that is about to be answered, times what is read of each entry. Throws ResultTooLarge once it is too much. */
  spend(list: readonly unknown[], info: GraphQLResolveInfo): void;
  /** The error, once it was too much. */
  exceeded(): ResultTooLarge | undefined;
}

/**
 * Types lead to one another in circles, and what was loaded once costs nothing upstream: an operation of ten lines can ask
 * for more values than the process can hold. `most` counts them in all.
 */
export function createAnswerBudget(most: number): AnswerBudget {
  let spent = 0;
  // One error however many lists meet it, so that the operator is told once.
  let error: ResultTooLarge | undefined;
  const tooMuch = () => {
    error ??= new ResultTooLarge({ detail: `the answer has more than ${most} values` });
    return error;
  };
  return {
    spend(list, { fieldNodes, fragments }) {
      let below = fieldNodes.some(({ selectionSet }) => selectionSet) ? objectValues : valuesIn(list[0]);
      for (const node of fieldNodes) below += valuesOf(node.selectionSet, fragments);
      spent += list.length * below;
      if (spent > most) throw tooMuch();
    },
    exceeded: () => (spent > most ? tooMuch() : undefined),
  };
}

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

/** An object holds more than its text: promises, the entity behind it. Measured: about ten plain values' worth. */
const objectValues = 10;

/** A row of SQL has its columns, each half a value: it is answered as it came, and 16 MB of rows have to pass. */
const valuesIn = (leaf: unknown): number =>
  typeof leaf === 'object' && leaf !== null ? Math.max(1, Object.keys(leaf).length) / 2 : 1;

const counted = new WeakMap<SelectionSetNode, number>();

const weightOf = (set: SelectionSetNode | undefined, fragments: Fragments): number =>
  set ? objectValues + valuesOf(set, fragments) : 1;

/** Fields in a selection at all its depths; a fragment counts wherever it is spread. */
function valuesOf(set: SelectionSetNode | undefined, fragments: Fragments): number {
  if (!set) return 0;
  const known = counted.get(set);
  if (known !== undefined) return known;
  let values = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) values += weightOf(selection.selectionSet, fragments);
    else if (selection.kind === Kind.INLINE_FRAGMENT) values += valuesOf(selection.selectionSet, fragments);
    else values += valuesOf(fragments[selection.name.value]?.selectionSet, fragments);
  }
  counted.set(set, values);
  return values;
}
