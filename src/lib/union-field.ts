/**
 * A flat field asks the same question as the field that answers a union. Whoever looks at a selection or at its price knows
 * both by the name of the latter.
 */
import type { GraphQLField } from 'graphql';

const key = 'unionField';

/** For the extensions of a flat field. */
export const noteUnionField = (coordinate: string): object => ({ [key]: coordinate });

/** The coordinate of the field that answers the union; of any other field its own. */
export const questionOf = (typeName: string, { name, extensions }: GraphQLField<unknown, unknown>): string =>
  (extensions[key] as string | undefined) ?? `${typeName}.${name}`;

/** The name of the field that answers the union; of any other field its own. */
export function questionName({ name, extensions }: GraphQLField<unknown, unknown>): string {
  const coordinate = extensions[key] as string | undefined;
  return coordinate === undefined ? name : coordinate.slice(coordinate.indexOf('.') + 1);
}
