/** What a Map and an LRUCache have in common. */
export interface Store<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): unknown;
  delete(key: string): unknown;
}

/** Reads fall through to `base`. Changes stay in this layer. */
export function layeredStore<V>(base: Store<V>): Store<V> {
  const own = new Map<string, V | undefined>();
  return {
    get: (key) => (own.has(key) ? own.get(key) : base.get(key)),
    set: (key, value) => own.set(key, value),
    delete: (key) => own.set(key, undefined),
  };
}
