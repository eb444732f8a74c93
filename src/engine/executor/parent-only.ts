import type { GraphQLField } from 'graphql';

type Field = GraphQLField<unknown, unknown>;

const key = 'parentOnly';

/** Marks a field whose resolver needs only the parent. It is called without the other arguments. */
export function noteParentOnly(field: Field): void {
  field.extensions = { ...field.extensions, [key]: true };
}

/** Whether a field needs only the parent: it is a property, or its resolver is marked. */
export const isRead = ({ resolve, args, extensions }: Field): boolean =>
  !resolve || (args.length === 0 && extensions[key] === true);
