/** Which operations are worth compiling, and can be. */
import { type DocumentNode, Kind, visit } from 'graphql';

/** Each selection is compiled into a function of its own, about 0.1 ms each: a document beyond this size is seldom asked twice. */
const maxFields = 300;

/**
 * Undefined: it is only interpreted. Else the variables that decide, in `@skip` and `@include`, which fields are asked for.
 * @param fields how many the operation has, fragments counted wherever they are spread
 */
export function conditionsOf(document: DocumentNode, fields: number): readonly string[] | undefined {
  if (fields > maxFields) return undefined;
  const conditions = new Set<string>();
  let compilable = true;
  visit(document, {
    Field({ name, alias }) {
      // GraphiQL asks for the schema once. An object literal takes `__proto__` for something else than a name.
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
