import { readFileSync } from 'node:fs';

/** Returns the SDL in `schema.graphql` of this package. */
export function schemaText(): string {
  // dist/src/cli and src/cli lie at different depths of the package.
  for (const path of ['../../schema.graphql', '../../../schema.graphql']) {
    try {
      return readFileSync(new URL(path, import.meta.url), 'utf8');
    } catch {}
  }
  throw new Error('schema.graphql is missing from the package.');
}
