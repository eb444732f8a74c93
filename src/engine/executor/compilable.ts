/** Decides which operations are compiled. */
import { type DocumentNode, Kind, visit } from 'graphql';

/** Compiling takes about 0.1 ms for each selection. A larger document is seldom sent twice. */
const maxFields = 300;

/**
 * The variables in `@skip` and `@include`, which decide which fields are selected. Undefined: the operation is only interpreted.
 * @param fields the number of fields of the operation; a fragment counts wherever it is spread
 */
export function conditionsOf(document: DocumentNode, fields: number): readonly string[] | undefined {
  if (fields > maxFields) return undefined;
  const conditions = new Set<string>();
  let compilable = true;
  visit(document, {
    Field({ name, alias }) {
      // GraphiQL reads the schema once. In an object literal, `__proto__` is not a property.
      if (name.value === '__schema' || name.value === '__type' || alias?.value === '__proto__')
        compilable = false;
    },
    Directive({ arguments: args }) {
      for (const { value } of args ?? []) {
        if (value.kind === Kind.VARIABLE) conditions.add(value.name.value);
      }
    },
  });
  return compilable ? [...conditions] : undefined;
}
