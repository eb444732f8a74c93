/** Mistakes in error codes that must not compile. */
import { GraphQLError } from 'graphql';
import { type HaloErrorKind, refusalExtensions } from '../src/error-codes.ts';

new GraphQLError('', { extensions: { code: 'NOT_FOUND' } });
// @ts-expect-error: an unknown code in an error of GraphQL
new GraphQLError('', { extensions: { code: 'NOT_FOUNT' } });
// @ts-expect-error: an unknown code of a refusal
refusalExtensions('NOT_FOUND');

const { unions }: Pick<HaloErrorKind, 'unions'> = {
  // @ts-expect-error: a kind of union is forgotten
  unions: { sites: true, practice: true, pairing: true, list: true, entity: true, change: true },
};
export const kinds = Object.keys(unions);
