/** Clients distinguish union members by `__typename`. The saved operations select it in every union. */
import { readdirSync, readFileSync } from 'node:fs';
import { isUnionType, Kind, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/schema/index.ts';

const folder = new URL('../../examples/operations/', import.meta.url);

test.each(readdirSync(folder))('%s names the member of each union', (file) => {
  const types = new TypeInfo(schema);
  const nameless: string[] = [];
  visit(
    parse(readFileSync(new URL(file, folder), 'utf8')),
    visitWithTypeInfo(types, {
      SelectionSet({ selections }) {
        const type = types.getParentType();
        if (!isUnionType(type)) return;
        const named = selections.some(
          (selection) => selection.kind === Kind.FIELD && selection.name.value === '__typename',
        );
        if (!named) nameless.push(type.name);
      },
    }),
  );
  expect(nameless).toEqual([]);
});
