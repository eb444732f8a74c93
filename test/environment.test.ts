/** The tables of variables in README.md and docs/operations.md say what `src/environment.ts` declares. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Config, readConfig } from '../src/config.ts';
import { environmentSchema } from '../src/environment.ts';

const declared = environmentSchema.shape;
const isDeclared = (name: string): name is keyof typeof declared => Object.hasOwn(declared, name);
const fixed: Readonly<Record<string, unknown>> = environmentSchema.parse({});
/** Defaults that depend on the environment. */
const dependent: Readonly<Record<string, (config: Config) => unknown>> = {
  HALO_ASSUMED_WRITES: ({ assumedWrites }) => assumedWrites,
  DRAIN_NOTICE_MS: ({ drainNoticeMs }) => drainNoticeMs,
  GRAPHIQL: ({ graphiql }) => graphiql,
  INTROSPECTION: ({ introspection }) => introspection,
};

const codes = (text = ''): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

function rowsOf(path: string) {
  const page = readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  const table = page.split('| variable | default | |\n|---|---|---|\n')[1]?.split('\n\n')[0] ?? '';
  return table.split('\n').map((line) => {
    const [names, defaults = '', text] = line.split(' | ');
    return { names: codes(names), defaults, named: codes(`${defaults} ${text}`) };
  });
}

/** `5000`; `0` in the sandbox */
function dependentDefault(of: (config: Config) => unknown): string {
  const [sandbox, staging, production] = (['sandbox', 'staging', 'production'] as const).map((environment) =>
    of(readConfig({ HALO_ENVIRONMENT: environment, HALO_SUBSCRIPTION_KEY: 'key', API_KEYS_FILE: '/keys' })),
  );
  return sandbox === staging
    ? `\`${staging}\`; \`${production}\` in production`
    : `\`${staging}\`; \`${sandbox}\` in the sandbox`;
}

/** The expected cell of these variables. Null: any text. */
function expectedDefaults(names: readonly string[]): string | null {
  const [first = ''] = names;
  if (dependent[first]) return dependentDefault(dependent[first]);
  if (names.every((name) => fixed[name] === undefined)) return null;
  return names.map((name) => (fixed[name] === undefined ? 'none' : `\`${fixed[name]}\``)).join(', ');
}

describe.each(['README.md', 'docs/operations.md'])('the variables of %s', (path) => {
  const rows = rowsOf(path);

  it('exist, each in one row', () => {
    const names = rows.flatMap((row) => row.names);
    expect(names.length).toBeGreaterThan(25);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !isDeclared(name) && name !== 'NODE_EXTRA_CA_CERTS')).toEqual([]);
  });

  it('have their defaults', () => {
    for (const { names, defaults } of rows) {
      const expected = expectedDefaults(names);
      if (expected === null) expect(defaults, names.join()).not.toContain('`');
      else expect(defaults, names.join()).toBe(expected);
    }
  });

  it('name every value that they can have', () => {
    for (const { names, named } of rows)
      for (const name of names) {
        const { options } = isDeclared(name) ? optionsOf(name) : { options: [] };
        if (options.includes('true')) continue;
        expect(named, name).toEqual(expect.arrayContaining([...options]));
      }
  });
});

it('docs/operations.md has every variable', () => {
  const names = rowsOf('docs/operations.md').flatMap((row) => row.names);
  // The lower-case names of the proxies are variants.
  const expected = Object.keys(declared).filter((name) => name === name.toUpperCase());
  expect([...names].sort()).toEqual([...expected, 'NODE_EXTRA_CA_CERTS'].sort());
});

function optionsOf(name: keyof typeof declared): { readonly options: readonly string[] } {
  const type = declared[name] as { unwrap?: () => { options?: readonly string[] } };
  return { options: type.unwrap?.().options ?? [] };
}
