/** Operations that front ends were built with, by the hash that graphql-codegen gives them. */
import { parse, validate } from 'graphql';
import { z } from 'zod';
import { schema } from './schema/index.ts';

const fileSchema = z.record(z.string().min(1), z.string().min(1));

export interface PersistedOperations {
  readonly byId: ReadonlyMap<string, string>;
  /** What is wrong, a line each; such operations are not in the map. */
  readonly faults: readonly string[];
}

/** `{ "<hash>": "<document>" }`, as the client preset writes `persisted-documents.json`. */
export function parsePersistedOperations(text: string): PersistedOperations {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { byId: new Map(), faults: ['is not JSON.'] };
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success)
    return { byId: new Map(), faults: ['must be an object of documents by their hashes.'] };
  const byId = new Map<string, string>();
  const faults: string[] = [];
  for (const [id, document] of Object.entries(parsed.data)) {
    const fault = faultOf(document);
    if (fault === undefined) byId.set(bareId(id), document);
    else faults.push(`${id}: ${fault}`);
  }
  return { byId, faults };
}

/** `sha256:<hex>` of GraphQL over HTTP is the hex of Apollo's clients. */
export const bareId = (id: string): string => id.replace(/^sha256:/, '');

function faultOf(document: string): string | undefined {
  try {
    return validate(schema, parse(document))[0]?.message;
  } catch (error) {
    return (error as Error).message;
  }
}
