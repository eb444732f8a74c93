import type { GraphQLField, GraphQLResolveInfo } from 'graphql';
import { readGlobalId } from '../resolvers/global-id.ts';
import type { Place, Pricing } from './pricing.ts';

/** A field as it stands in an operation. */
export interface PricedField {
  /** The keys of the answer that lead to it, lists left out: `practice.appointments`. */
  readonly path: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** As much of it as reading the selection takes. */
  readonly info: GraphQLResolveInfo;
}

export interface PricingOptions {
  /** How many practices `viewer` lists for this caller. */
  readonly viewerPractices: number;
}

/**
 * What a field asks of the entities that it stands on. Answers where its own entities are: one place, several by type, or
 * null where nothing below it is ever asked.
 */
export type FieldPrice = (
  at: Place,
  field: PricedField,
  pricing: Pricing,
  options: PricingOptions,
) => Place | readonly Place[] | null;

const key = 'price';

/** For the extensions of a field. */
export const withPrice = (price: FieldPrice): object => ({ [key]: price });

/** The `price` of a field of the schema; undefined if it is free. */
export const declaredPrice = ({ extensions }: GraphQLField<unknown, unknown>): FieldPrice | undefined =>
  extensions[key] as FieldPrice | undefined;

/** One name for a practice, whichever way an argument names it. */
export function practiceNamed(id: unknown): string {
  const text = String(id).trim();
  const global = readGlobalId(text);
  return global && 'pms' in global ? `${global.pms} ${global.pmsSiteId}` : `BEST_PRACTICE ${text}`;
}
