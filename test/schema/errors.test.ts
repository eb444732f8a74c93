import { readdirSync, readFileSync } from 'node:fs';
import { isEnumType, isInterfaceType, isUnionType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { haloErrorTable, refusalStatus } from '../../src/error-codes.ts';
import { schema } from '../../src/schema/index.ts';

const codes = Object.keys(haloErrorTable).sort();
const types: string[] = Object.values(haloErrorTable)
  .map(({ type }) => type)
  .sort();
const pages = new URL('../../docs/errors/', import.meta.url);

describe('the registry of error codes', () => {
  test('HaloErrorCode has its codes', () => {
    const code = schema.getType('HaloErrorCode');
    expect(
      isEnumType(code) &&
        code
          .getValues()
          .map(({ name }) => name)
          .sort(),
    ).toEqual(codes);
  });

  test('HaloError has its types', () => {
    const halo = schema.getType('HaloError');
    expect(
      isInterfaceType(halo) &&
        schema
          .getPossibleTypes(halo)
          .map(({ name }) => name)
          .sort(),
    ).toEqual(types);
  });

  test('docs/errors has its pages', () => {
    expect(readdirSync(pages).sort()).toEqual([...codes.map((code) => `${code}.md`), 'refusals.md']);
  });

  test.each(Object.entries(haloErrorTable))(
    'the page of %s has its type and its sections',
    (code, { type, retryable }) => {
      const page = readFileSync(new URL(`${code}.md`, pages), 'utf8');
      expect(page.startsWith(`# ${code}\n`)).toBe(true);
      expect(page).toContain(`\`${type}\``);
      expect(page).toContain(`Retryable: ${retryable ? 'yes' : 'no'}`);
      for (const heading of [
        '## What it means',
        '## What to show and do',
        '## What the operator does',
        '## In the sandbox',
      ]) {
        expect(page).toContain(heading);
      }
    },
  );

  test('the page of refusals has each code with its status', () => {
    const page = readFileSync(new URL('refusals.md', pages), 'utf8');
    const listed = [...page.matchAll(/^\| `(\w+)` \| (\d+) \|/gm)].map(([, code, status]) => [
      code,
      Number(status),
    ]);
    expect(Object.fromEntries(listed)).toEqual(refusalStatus);
  });

  test('no code is both a failure and a refusal', () => {
    expect(codes.filter((code) => code in refusalStatus)).toEqual([]);
  });

  test('every union has its result and errors of the registry, with UpstreamFailed', () => {
    const unions = Object.values(schema.getTypeMap()).filter(isUnionType);
    expect(unions.length).toBeGreaterThan(15);
    for (const union of unions) {
      const members = union.getTypes().map(({ name }) => name);
      expect(union.name).toMatch(/(Result|Event)$/);
      const things = members.filter((name) => !types.includes(name));
      if (union.name.endsWith('Result')) expect(things).toHaveLength(1);
      else expect(things.length).toBeGreaterThan(0);
      expect(members).toContain('UpstreamFailed');
    }
  });
});
