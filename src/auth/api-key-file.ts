import { z } from 'zod';
import { everyScope } from '../scopes.ts';
import type { Caller } from './caller.ts';
import { callerName } from './caller-name.ts';
import { practiceList } from './practice-list.ts';

/** An API key as its hash. Only the caller has the key itself. */
export interface ApiKey {
  readonly sha256: Buffer;
  readonly caller: Caller;
}

const nameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][\w.:@/-]{0,63}$/, 'must be 1 to 64 letters, digits or . : @ / _ -');

const fileSchema = z.array(
  z.strictObject(
    {
      name: nameSchema,
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/i, 'must be the SHA-256 of the key, 64 hexadecimal digits')
        .transform((hex) => hex.toLowerCase()),
      scopes: z.array(z.enum(everyScope, { error: `must be one of ${everyScope.join(', ')}` })),
      practices: practiceList,
    },
    // The path does not name the field: a value in the wrong place may be a key.
    {
      error: ({ code }) =>
        code === 'unrecognized_keys' ? 'has a field besides name, sha256, scopes and practices' : undefined,
    },
  ),
  { error: 'must be a list' },
);

/**
 * The keys of an `API_KEYS_FILE`: `[{ "name", "sha256", "scopes": [], "practices": [] or ["*"] }]`. On a fault
 * it returns no key and one line for each fault. A line names the entry and repeats no other value.
 */
export function parseApiKeys(text: string): { keys: readonly ApiKey[]; faults: readonly string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { keys: [], faults: ['is not JSON.'] };
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) {
    return { keys: [], faults: parsed.error.issues.map((issue) => faultOf(issue, json)) };
  }
  const entries = parsed.data;
  const faults = [
    ...repeated(entries.map(({ name }) => name)).map(
      (at) => `${entryAt(at, json)}: another entry has the same name.`,
    ),
    ...repeated(entries.map(({ sha256 }) => sha256)).map(
      (at) => `${entryAt(at, json)}: another entry has the same sha256.`,
    ),
  ];
  if (faults.length > 0) return { keys: [], faults };
  const keys = entries.map(({ sha256, name, ...caller }) => ({
    sha256: Buffer.from(sha256, 'hex'),
    caller: { name: callerName('key', name), ...caller },
  }));
  return { keys, faults };
}

function faultOf(issue: z.core.$ZodIssue, json: unknown): string {
  const [at, ...field] = issue.path;
  if (typeof at !== 'number') return `${issue.message}.`;
  return `${[entryAt(at, json), ...field.map(String)].join(', ')}: ${issue.message}.`;
}

/** "entry 2 (reception)"; without the name if the entry has none. */
function entryAt(at: number, json: unknown): string {
  const name = nameSchema.safeParse((json as { name?: unknown }[])[at]?.name);
  return `entry ${at + 1}${name.success ? ` (${name.data})` : ''}`;
}

const repeated = (values: readonly string[]): number[] =>
  values.flatMap((value, at) => (values.indexOf(value) < at ? [at] : []));
