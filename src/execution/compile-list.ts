import { type FieldNode, GraphQLError, type GraphQLResolveInfo } from 'graphql';
import { asJsonText } from './json-text.ts';
import type { Complete, Path, Select } from './plan.ts';
import { isPromise, type Run } from './run.ts';

interface Items {
  readonly complete: Complete;
  /** What to select from an item that is an object at hand, where the type asks for nothing else. */
  readonly below: (() => Select) | undefined;
  /** Whether null can stand for an item. */
  readonly nullable: boolean;
}

/** How a list becomes what its reader will see. */
export function compileList({ complete, below, nullable }: Items, nodes: readonly FieldNode[]): Complete {
  let select: Select | undefined;

  /** An item that is there while others are waited for is made JSON in that time: at the end somebody would wait for it. */
  function settled(completed: Promise<unknown>, run: Run, path: Path): Promise<unknown> {
    return completed.then(run.asText && !isInList(path.prev) ? asJsonText : undefined, (thrown) =>
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
    try {
      const completed = Array.isArray(list)
        ? eachOf(list, completeAt)
        : Array.from(list as Iterable<unknown>, completeAt);
      return waiting.length > 0 ? Promise.all(completed) : completed;
    } catch (error) {
      // One item answers for the whole list: nobody waits for the others any more, and none may fail unheard.
      for (const each of [...waiting, ...(Array.isArray(list) ? list : [])]) {
        if (isPromise(each)) each.then(undefined, () => {});
      }
      throw error;
    }
  };
}

/** Whether the way there leads through a list. */
function isInList(path: Path | undefined): boolean {
  for (let at = path; at !== undefined; at = at.prev) if (typeof at.key === 'number') return true;
  return false;
}

/** `Array.from`, in half the time. */
function eachOf(list: readonly unknown[], complete: (item: unknown, index: number) => unknown): unknown[] {
  const completed: unknown[] = [];
  for (let index = 0; index < list.length; index++) completed.push(complete(list[index], index));
  return completed;
}
