/** What a production install brings along, by package-lock.json. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { nodeSupportNote } from '../../src/node-support.ts';

interface LockedPackage {
  readonly dev?: boolean;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
}

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { packages } = JSON.parse(read('package-lock.json')) as {
  packages: Readonly<Record<string, LockedPackage>>;
};
const production = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);
const those = (isWrong: (each: LockedPackage) => boolean) =>
  production.filter(([, each]) => isWrong(each)).map(([path]) => path);

/** Licences that allow commercial use without publishing source. */
const allowedLicences = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
]);
/** Raise it knowingly, and say in the commit what the new package is for. */
const maxPackages = 70;

it('part 9: every licence of a production dependency is on the list', () => {
  expect(production.length).toBeGreaterThan(30);
  expect(those(({ license }) => !allowedLicences.has(license ?? 'none'))).toEqual([]);
});

it('part 9: no production dependency runs a script when it is installed', () => {
  expect(those(({ hasInstallScript }) => hasInstallScript === true)).toEqual([]);
});

it('part 9: every production dependency comes from the npm registry and has a hash', () => {
  const isForeign = ({ resolved = '', integrity = '' }: LockedPackage) =>
    !/^(https:\/\/registry\.npmjs\.org\/.*)?$/.test(resolved) || !integrity.startsWith('sha512-');
  expect(those(isForeign)).toEqual([]);
});

it('part 9: their number does not grow unnoticed', () => {
  expect(production.length).toBeLessThanOrEqual(maxPackages);
});

it('part 9: Node 20 has one line at the start, with the date of README.md; later versions have none', () => {
  const note = nodeSupportNote('v20.20.2') ?? '';
  const [date = ''] = /\d+ \w+ \d{4}/.exec(note.replace('April 2026', '')) ?? [];
  expect(date).not.toBe('');
  expect(note).not.toContain('\n');
  for (const page of ['README.md', 'docs/operations.md']) expect(read(page)).toContain(date);
  for (const version of ['v22.23.5', 'v24.22.3', 'v26.12.1']) expect(nodeSupportNote(version)).toBeNull();
});
