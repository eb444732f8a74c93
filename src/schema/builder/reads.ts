import { type GraphQLSchema, isObjectType } from 'graphql';
import { noteParentOnly } from '../../engine/executor.ts';

/** Pothos sets these extensions on a field that `t.expose` created. */
interface FieldExtensions {
  readonly pothosExposedField?: string;
  readonly pothosResolveWrapped?: boolean;
}

/**
 * Most resolvers need only the parent object, so the executor can skip building `info` for them. A field that only reads the
 * property of its own name needs no resolver at all. A resolver of this schema that declares one parameter uses only that
 * one; the wrappers of the plugins declare four.
 */
export function noteReads(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const { pothosExposedField, pothosResolveWrapped } = field.extensions as FieldExtensions;
      if (pothosExposedField === field.name && pothosResolveWrapped === false) field.resolve = undefined;
      else if (field.resolve?.length === 1) noteParentOnly(field);
    }
  }
  return schema;
}
