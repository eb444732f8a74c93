import { type FieldNode, GraphQLError, type GraphQLResolveInfo } from 'graphql';
import { isPromise } from '../../lib/is-promise.ts';
import { itemWriter, type WriteItems } from './item-writer.ts';
import { asJsonBytes, JsonBytes } from './json-bytes.ts';
import type { Complete, Path, Select } from './plan.ts';
import type { Run } from './run.ts';

interface Items {
  readonly complete: Complete;
  /** The selection of an item that is an object. Undefined if the type needs other steps. */
  readonly below: (() => Select) | undefined;
  /** Whether an item can be null. */
  readonly nullable: boolean;
}

/** Converts a list to the list in the response. */
export function compileList({ complete, below, nullable }: Items, nodes: readonly FieldNode[]): Complete {
  let select: Select | undefined;
  let writer: WriteItems | undefined;
  /** Made when a list is first serialised here. */
  const writeItems: WriteItems = (items) => {
    if (select) writer ??= itemWriter(select) ?? stringified;
    return (writer ?? stringified)(items);
  };

  /**
   * Serialises an item that completes while others are still waiting. Otherwise all of them would be serialised at
   * the end.
   */
  function settled(completed: Promise<unknown>, run: Run, path: Path): Promise<unknown> {
    return completed.then(makesBytes(run, path.prev) ? asJsonBytes : undefined, (thrown) =>
      run.nullOrThrow(thrown, nodes, path, nullable),
    );
  }

  function completeItem(item: unknown, run: Run, path: Path, info: GraphQLResolveInfo): unknown {
    try {
      const waits = isPromise(item);
      if (below && !waits && typeof item === 'object' && item !== null && !(item instanceof Error)) {
        select ??= below();
        const selected = select(item, run, path);
        if (!(selected instanceof Promise)) return selected;
        return settled(selected, run, path);
      }
      const completed = waits
        ? item.then((resolved) => complete(resolved, run, path, info))
        : complete(item, run, path, info);
      if (!isPromise(completed)) return completed;
      return settled(completed, run, path);
    } catch (thrown) {
      return run.nullOrThrow(thrown, nodes, path, nullable);
    }
  }

  return (list, run, path, info) => {
    if (typeof list !== 'object' || typeof (list as Iterable<unknown>)[Symbol.iterator] !== 'function') {
      throw new GraphQLError(
        `Expected Iterable, but did not find one for field "${info.parentType.name}.${info.fieldName}".`,
      );
    }
    const waiting: Promise<unknown>[] = [];
    const completeAt = (item: unknown, index: number): unknown => {
      const completed = completeItem(item, run, { prev: path, key: index, typename: undefined }, info);
      if (isPromise(completed)) waiting.push(completed);
      return completed;
    };
    const pack = (completed: unknown[]) => {
      if (waiting.length === 0) packLast(completed, writeItems);
    };
    try {
      const completed = Array.isArray(list)
        ? eachOf(list, completeAt, makesBytes(run, path) ? pack : undefined)
        : Array.from(list as Iterable<unknown>, completeAt);
      return waiting.length > 0 ? Promise.all(completed) : completed;
    } catch (error) {
      // The error of one item ends the list. Rejections of the other items must not be unhandled.
      for (const each of [...waiting, ...(Array.isArray(list) ? list : [])]) {
        if (isPromise(each)) each.then(undefined, () => {});
      }
      throw error;
    }
  };
}

/** Whether the items of this list may be JsonBytes. In nested lists only the outermost items are. */
function makesBytes(run: Run, path: Path | undefined): boolean {
  if (!run.asBytes) return false;
  for (let at = path; at !== undefined; at = at.prev) if (typeof at.key === 'number') return false;
  return true;
}

/**
 * Like `Array.from`, in half the time. `pack` is called after each `itemsAtOnce` items, and at the end of a list that is not
 * short.
 */
function eachOf(
  list: readonly unknown[],
  complete: (item: unknown, index: number) => unknown,
  pack?: (completed: unknown[]) => void,
): unknown[] {
  const completed: unknown[] = [];
  for (let index = 0; index < list.length; index++) {
    completed.push(complete(list[index], index));
    if (pack && index % itemsAtOnce === itemsAtOnce - 1) pack(completed);
  }
  if (pack && list.length >= minPacked) pack(completed);
  return completed;
}

/** In a long list, items that are not serialised yet would be work for the garbage collector. */
const itemsAtOnce = 128;
/** A shorter list is serialised with the rest of the result, because each piece of a response takes time too. */
const minPacked = 32;

/** Serialises the last items, which are not serialised yet. */
function packLast(completed: unknown[], writeItems: WriteItems): void {
  const packed = completed.findLastIndex((item) => item instanceof JsonBytes) + 1;
  const items = completed.splice(packed);
  if (items.length > 0) completed.push(new JsonBytes(writeItems(items)));
}

const stringified: WriteItems = (items) => Buffer.from(JSON.stringify(items)).subarray(1, -1);
