import type { GraphQLField } from 'graphql';

type Field = GraphQLField<unknown, unknown>;

const key = 'parentOnly';

/** Notes on a field that its resolver looks at the parent alone: then it can be called without what it would ignore. */
export function noteParentOnly(field: Field): void {
  field.extensions = { ...field.extensions, [key]: true };
}

/** Whether a field's value can be had of the parent alone, as a property or by its resolver. */
export const isRead = ({ resolve, args, extensions }: Field): boolean =>
  !resolve || (args.length === 0 && extensions[key] === true);
