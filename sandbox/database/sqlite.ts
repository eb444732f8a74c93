import type { Database } from 'sql.js';
import initSqlJs from 'sql.js';

const sqlJs = await initSqlJs();

/** An empty SQLite database in memory (WebAssembly: no native build). */
export function emptyDatabase(): Database {
  return new sqlJs.Database();
}
