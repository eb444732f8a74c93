/**
 * A flat field reads the same data as the field that returns a union. Selections and prices use the name of the union field
 * for both.
 */
import type { GraphQLField } from 'graphql';

const key = 'unionField';

/** The extensions of a flat field: the coordinate of its union field. */
export const noteUnionField = (coordinate: string): object => ({ [key]: coordinate });

/** The coordinate of the union field; for any other field its own coordinate. */
export const questionOf = (typeName: string, { name, extensions }: GraphQLField<unknown, unknown>): string =>
  (extensions[key] as string | undefined) ?? `${typeName}.${name}`;

/** The name of the union field; for any other field its own name. */
export function questionName({ name, extensions }: GraphQLField<unknown, unknown>): string {
  const coordinate = extensions[key] as string | undefined;
  return coordinate === undefined ? name : coordinate.slice(coordinate.indexOf('.') + 1);
}
