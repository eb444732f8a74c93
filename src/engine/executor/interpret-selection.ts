import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import { isPromise } from '../../lib/is-promise.ts';
import { compileField, Thrown } from './compile-field.ts';
import { isRead } from './parent-only.ts';
import type { MakeSelection, Plan, Select } from './plan.ts';
import { abandon, readable, settle } from './selection.ts';

/** "Executing Selection Sets" of the specification, for operations that are not compiled. */
export const interpretSelection: MakeSelection = (plan, type, selected) => {
  const fields = fieldsOf(plan, type, selected);
  return (source, run, path) => {
    const mark = run.waiting.length;
    // No prototype, because a field may have the name `__proto__`.
    const result: Record<string, unknown> = Object.create(null);
    try {
      for (const { responseName, valueFor } of fields) result[responseName] = valueFor(source, run, path);
    } catch (error) {
      return abandon(run, mark, error);
    }
    return run.waiting.length === mark ? result : settle(run, mark, result);
  };
};

/**
 * Runs the fields of a mutation one after the other. After a failure that makes `data` null, no further field runs. Between the
 * failure and `data: null` there are as many microtasks as in graphql-js, so the same errors are reported.
 */
export const interpretInTurn: MakeSelection = (plan, type, selected) => {
  const fields = fieldsOf(plan, type, selected);
  return (source, run, path) =>
    fields.reduce<unknown>((before, { responseName, valueFor }) => {
      const next = (results: unknown): unknown => {
        const put = (value: unknown): unknown => {
          (results as Record<string, unknown>)[responseName] = value;
          return results;
        };
        const value = valueFor(source, run, path);
        return isPromise(value) ? value.then(put) : put(value);
      };
      return isPromise(before) ? before.then(next) : next(before);
    }, Object.create(null));
};

interface InterpretedField {
  readonly responseName: string;
  /** The value in the response, or a promise of it. Throws an error that makes a field above it null. */
  readonly valueFor: Select;
}

function fieldsOf(...[plan, type, selected]: Parameters<MakeSelection>): readonly InterpretedField[] {
  return [...selected].flatMap(([responseName, nodes]) => {
    const field = fieldOf(plan.schema, type, nodes[0]?.name.value ?? '');
    // A valid document has no such field. graphql-js skips it too.
    if (!field) return [];
    const { run: runField } = compileField({ plan, parentType: type, field, responseName, nodes });
    const read = readerOf(field, plan);
    const valueFor: Select = (source, run, path) => runField(source, read(source), run, path);
    return [{ responseName, valueFor }];
  });
}

/** Reads a field that needs only the parent. An error is kept, and the field reports it. */
function readerOf(field: GraphQLField<unknown, unknown>, { wrap }: Plan): (source: unknown) => unknown {
  if (!isRead(field) || (wrap && field.resolve)) return () => undefined;
  const resolve = field.resolve as ((source: unknown) => unknown) | undefined;
  return (source) => {
    try {
      return resolve ? resolve(source) : (readable(source) as Record<string, unknown>)[field.name];
    } catch (error) {
      return new Thrown(error);
    }
  };
}

function fieldOf(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (type === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return type.getFields()[name];
}
