import { engineOn } from './switch.ts';

/** Caches the last result and returns it for identical arguments. Most rows of a book have the same day as the row before. */
export function memoizeLast<Keys extends readonly unknown[], Made>(
  make: (...keys: Keys) => Made,
): (...keys: Keys) => Made {
  if (!engineOn) return make;
  let known: { readonly keys: Keys; readonly made: Made } | undefined;
  return (...keys) => {
    if (known === undefined || !areSame(known.keys, keys)) known = { keys, made: make(...keys) };
    return known.made;
  };
}

/**
 * Caches the last result for each first argument that is an object, as long as that object lives. It is returned when the other arguments
 * are identical too. Callers with different objects can take turns. The object must never change.
 */
export function memoizeLastPerObject<Key, Others extends readonly unknown[], Made>(
  make: (key: Key, ...others: Others) => Made,
): (key: Key, ...others: Others) => Made {
  if (!engineOn) return make;
  const results = new WeakMap<object, { readonly others: Others; readonly made: Made }>();
  return (key, ...others) => {
    if (typeof key !== 'object' || key === null) return make(key, ...others);
    const known = results.get(key);
    if (known !== undefined && areSame(known.others, others)) return known.made;
    const made = make(key, ...others);
    results.set(key, { others, made });
    return made;
  };
}

function areSame(known: readonly unknown[], keys: readonly unknown[]): boolean {
  for (let at = 0; at < keys.length; at += 1) if (known[at] !== keys[at]) return false;
  return known.length === keys.length;
}
