import type { GraphQLField, GraphQLResolveInfo } from 'graphql';
import { readGlobalId } from '../resolvers/global-id.ts';
import type { Entities, Pricing } from './count-charged-calls.ts';

/** A field in an operation. */
export interface PricedField {
  /** The response keys that lead to it, without lists: `practice.appointments`. */
  readonly path: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Only what reading the selection takes. */
  readonly info: GraphQLResolveInfo;
}

export interface PricingOptions {
  /** How many practices `viewer` lists for this caller. */
  readonly viewerPractices: number;
  /** How often an hour the book of a practice is checked for its subscribers. @default 60 */
  readonly checksPerHour?: number | undefined;
}

/**
 * Adds the questions of a field for its parent entities. Returns the entities of the field itself: those of one
 * practice, several by type, or null if nothing below the field is ever executed.
 */
export type FieldPrice = (
  at: Entities,
  field: PricedField,
  pricing: Pricing,
  options: PricingOptions,
) => Entities | readonly Entities[] | null;

const key = 'price';

/** For the extensions of a field. */
export const withPrice = (price: FieldPrice): object => ({ [key]: price });

/** The `price` of a field of the schema; undefined if it is free. */
export const declaredPrice = ({ extensions }: GraphQLField<unknown, unknown>): FieldPrice | undefined =>
  extensions[key] as FieldPrice | undefined;

/** The same name for a practice, for any kind of id in the argument. */
export function practiceNamed(id: unknown): string {
  const text = String(id).trim();
  const global = readGlobalId(text);
  return global && 'pms' in global ? `${global.pms} ${global.pmsSiteId}` : `BEST_PRACTICE ${text}`;
}
