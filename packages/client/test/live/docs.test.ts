/** The code of docs/live.md compiles, and its subscription is one of the schema. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSchema, parse, validate } from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import { buildPackage, extract, typeErrors } from '../desks/extract.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const page = read('docs/live.md');
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, code = '']) => code,
  );

/** What the reader of the page has already. */
const declared = `
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
declare global {
  interface Book { readonly appointmentBook: { readonly __typename: string } }
  const LiveBookDocument: TypedDocumentNode<Book, { bpSiteId: string; from: string; after?: string }>;
  const variables: { bpSiteId: string; from: string };
  function token(): string;
  function show(data: Book | null | undefined): void;
  function connectAgain(error: unknown): void;
}
`;

let folder: string;
beforeAll(() => {
  buildPackage();
  folder = extract('live');
  mkdirSync(join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'src/declared.d.ts'), declared);
});

test('every piece of TypeScript compiles', () => {
  const pieces = blocks('ts');
  expect(pieces).toHaveLength(4);
  // What a piece is for is its last variable.
  for (const [index, code] of pieces.entries())
    writeFileSync(
      join(folder, `src/piece-${index + 1}.ts`),
      code.replaceAll(/^const (?=\w+ =|\{)/gm, 'export const '),
    );
  expect(typeErrors(folder)).toBe('');
});

test('a piece with a wrong option does not compile', () => {
  writeFileSync(
    join(folder, 'src/wrong.ts'),
    `import { HttpLink } from '@apollo/client';\nexport const link = new HttpLink({ url: 1 });\n`,
  );
  expect(typeErrors(folder)).toContain('wrong.ts');
});

test('the subscription is one of the schema', () => {
  const schema = buildSchema(read('schema.graphql'));
  const found = blocks('graphql');
  expect(found).toHaveLength(1);
  for (const text of found) expect(validate(schema, parse(text))).toEqual([]);
});
