/** Which operations are worth compiling, and can be. */
import { type DocumentNode, Kind, type OperationDefinitionNode, visit } from 'graphql';
import { measure } from '../limits/document-rules.ts';

/** Each selection is compiled into a function of its own, about 0.1 ms each: a document beyond this size is seldom asked twice. */
const mostFields = 300;

/** Undefined: it stays with graphql-js. Else the variables that decide, in `@skip` and `@include`, which fields are asked for. */
export function conditionsOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): readonly string[] | undefined {
  if (measure(document)(operation).fields > mostFields) return undefined;
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
