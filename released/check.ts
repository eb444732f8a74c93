/** `npm run schema:check`: exits 1 where `schema.graphql` breaks clients of the last release and CHANGELOG.md does not say so. */
import { readFileSync } from 'node:fs';
import { unnamedChanges } from './breaking-changes.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const changes = await unnamedChanges(
  read('schema.graphql'),
  read('../schema.graphql'),
  read('../CHANGELOG.md'),
);
for (const { coordinate, message } of changes) process.stderr.write(`${coordinate}: ${message}\n`);
if (changes.length > 0) {
  process.stderr.write(
    'These changes break clients. Undo them, or name each coordinate in backquotes under "Unreleased" in CHANGELOG.md.\n',
  );
  process.exitCode = 1;
} else {
  process.stdout.write(
    'schema.graphql breaks no client of the last release, other than CHANGELOG.md names.\n',
  );
}
