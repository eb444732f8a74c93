/** Where GraphiQL keeps its history and favourites, with the headers of each operation. */
const withHeaders: ReadonlySet<string> = new Set(['graphiql:queries', 'graphiql:favorites']);

/**
 * What GraphiQL keeps in the browser: tabs, history, settings; never a header, because a header may hold a credential.
 * @param area localStorage in the sandbox. Elsewhere sessionStorage, which ends with the browser's tab: operations and
 * variables may name patients.
 */
export function pageStorage(area: Storage): Storage {
  return {
    getItem: (key) => area.getItem(key),
    setItem: (key, value) => area.setItem(key, withHeaders.has(key) ? withoutHeaders(value) : value),
    removeItem: (key) => area.removeItem(key),
    clear: () => area.clear(),
    key: (index) => area.key(index),
    get length() {
      return area.length;
    },
  };
}

const withoutHeaders = (json: string): string =>
  JSON.stringify(JSON.parse(json), (key, value) => (key === 'headers' ? undefined : value));
