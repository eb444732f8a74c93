/**
 * Declares a read once and creates two fields: one returns a union of the result and its errors, the flat one returns
 * the result or null.
 *
 * The flat field is called `<name>Connection` for a connection, as Relay expects, and `<name>OrNull` for anything else.
 */
import type { ArgBuilder, FieldRef, InputFieldMap, InputShapeFromFields, ObjectRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../../context.ts';
import { noteUnionField } from '../../lib/union-field.ts';
import type { FieldPrice } from '../../price/field-price.ts';
import type { Scope } from '../../scopes.ts';
import { ViewerRef } from '../refs.ts';
import type { ReadType } from '../results.ts';
import { builder } from './builder.ts';

type Types = typeof builder.$inferSchemaTypes;

/** Pothos' own type, with the parent as a parameter, is too deep for the compiler to compare. */
interface FieldBuilder {
  field(options: never): unknown;
}

interface Read<Parent, Args extends InputFieldMap, Thing> {
  readonly type: ReadType<Thing>;
  readonly description: string;
  readonly authScopes?: { readonly scopes: readonly Scope[] };
  readonly args?: Args;
  /** Both fields have it. */
  readonly price: FieldPrice;
  readonly resolve: (
    parent: Parent,
    args: InputShapeFromFields<Args>,
    context: GraphContext,
    info: GraphQLResolveInfo,
  ) => Thing | Promise<Thing>;
}

type Fields = Record<string, FieldRef<Types, unknown, 'Object'>>;

/** Both fields of a read on an object type. */
export function bothShapes<Parent, Args extends InputFieldMap, Thing>(
  t: FieldBuilder,
  parent: ObjectRef<Types, Parent>,
  name: string,
  read: Read<Parent, Args, Thing>,
): Fields {
  const suffix = read.type.thing.name.endsWith('Connection') ? 'Connection' : 'OrNull';
  return {
    [name]: t.field(unionField(read)),
    [`${name}${suffix}`]: t.field(flatField(`${parent.name}.${name}`, read)),
  } as Fields;
}

/** A read at the root: the union field of `Query`, and the flat field of the same name on `Viewer`. */
export function rootRead<Args extends InputFieldMap, Thing>(
  name: string,
  read: (arg: ArgBuilder<Types>) => Read<unknown, Args, Thing>,
): void {
  builder.queryField(name, (t) => t.field(unionField(read(t.arg))));
  builder.objectField(ViewerRef, name, (t) => t.field(flatField(`Query.${name}`, read(t.arg))));
}

type AnyRead<Thing> = Pick<Read<never, never, Thing>, 'type' | 'description'>;

/** A failure is a member of the union. */
const unionField = <Thing>(read: AnyRead<Thing>): never =>
  ({ ...read, type: read.type.union, nullable: false }) as never;

/** A failure is null with an entry in `errors`. */
const flatField = <Thing>(coordinate: string, read: AnyRead<Thing>): never =>
  ({
    ...read,
    type: read.type.thing,
    nullable: true,
    description: `${read.description} The same as \`${coordinate}\` without the union. Null if it cannot be read: \`errors\` then has an entry with this path, and its \`extensions\` hold the fields of the error type (\`code\`, \`type\`, \`retryable\` and others).`,
    extensions: noteUnionField(coordinate),
  }) as never;
