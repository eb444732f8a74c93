import { type FragmentDefinitionNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';
import { ResultTooLarge } from '../errors.ts';

/** Maximum number of values in one response: about 12,000 appointments with all their fields. */
export const maxValues = 1_000_000;

/** Counts the values of one response. */
export interface AnswerBudget {
  /** Counts a list: its length times the values that are read of each entry. Throws ResultTooLarge above the maximum. */
  spend(list: readonly unknown[], info: GraphQLResolveInfo): void;
  /** The error, once the maximum was exceeded. */
  exceeded(): ResultTooLarge | undefined;
}

/**
 * The types of the graph form cycles, and data that was loaded once costs nothing upstream. So an operation of ten lines could
 * select more values than fit into memory. `maxTotal` limits all of them together.
 */
export function createAnswerBudget(maxTotal: number): AnswerBudget {
  let spent = 0;
  // All lists get the same error, so it is logged once.
  let error: ResultTooLarge | undefined;
  const tooMuch = () => {
    error ??= new ResultTooLarge({ detail: `the answer has more than ${maxTotal} values` });
    return error;
  };
  return {
    spend(list, { fieldNodes, fragments }) {
      let below = fieldNodes.some(({ selectionSet }) => selectionSet) ? objectValues : valuesIn(list[0]);
      for (const node of fieldNodes) below += valuesOf(node.selectionSet, fragments);
      spent += list.length * below;
      if (spent > maxTotal) throw tooMuch();
    },
    exceeded: () => (spent > maxTotal ? tooMuch() : undefined),
  };
}

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

/** An object needs more memory than its text: promises and the entity behind it. Measured: about ten plain values. */
const objectValues = 10;

/** Each column of a SQL row counts as half a value, because rows are passed on unchanged and 16 MB of them must fit. */
const valuesIn = (leaf: unknown): number =>
  typeof leaf === 'object' && leaf !== null ? Math.max(1, Object.keys(leaf).length) / 2 : 1;

const counted = new WeakMap<SelectionSetNode, number>();

const weightOf = (set: SelectionSetNode | undefined, fragments: Fragments): number =>
  set ? objectValues + valuesOf(set, fragments) : 1;

/** Number of fields in a selection at all depths. A fragment counts each time that it is spread. */
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
