import { type GraphQLSchema, isObjectType } from 'graphql';
import { noteParentOnly } from '../../engine/executor/parent-only.ts';

/** What Pothos notes of a field that `t.expose` made. */
interface FieldExtensions {
  readonly pothosExposedField?: string;
  readonly pothosResolveWrapped?: boolean;
}

/**
 * Most fields are read off their parent: executors need not tell them where they stand. A field that is nothing but the property
 * of its name loses its resolver. A resolver of this schema that declares one parameter uses no other; plugins' wrappers declare
 * four.
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
