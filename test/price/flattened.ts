/** The same question in flat fields: for each field that answers a union and has a flat one beside it, the latter. */
import {
  type FieldNode,
  type GraphQLSchema,
  isObjectType,
  Kind,
  parse,
  print,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { questionOf } from '../../src/lib/union-field.ts';

/** By the coordinate of the field that answers a union: the name of the flat one. */
export function flatNames(schema: GraphQLSchema): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) {
      const question = questionOf(type.name, field);
      if (question !== `${type.name}.${field.name}`) names.set(question, field.name);
    }
  }
  return names;
}

/** A field of `Query` that has its flat one below `viewer` is answered below this key there. */
export const belowViewer = 'belowViewer';

/** Without selections on errors: a flat field cannot have them, and has the same price. */
export function withoutErrors(schema: GraphQLSchema, query: string): string {
  const isError = (typeName: string | undefined) => {
    const type = typeName === undefined ? undefined : schema.getType(typeName);
    return isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'HaloError');
  };
  const changed = visit(parse(query), {
    InlineFragment: ({ typeCondition }) => (isError(typeCondition?.name.value) ? null : undefined),
  });
  // Fragments that were used only below errors are now unused.
  const [operation] = Object.values(separateOperations(changed));
  return print(operation ?? changed);
}

export function flattened(schema: GraphQLSchema, query: string): string {
  const names = flatNames(schema);
  const types = new TypeInfo(schema);
  const changed = visit(
    parse(query),
    visitWithTypeInfo(types, {
      Field: {
        leave(node): FieldNode | undefined {
          const parent = types.getParentType()?.name ?? '';
          const flat = names.get(`${parent}.${node.name.value}`);
          if (flat === undefined) return undefined;
          // Under the same key of the answer.
          const alias = node.alias ?? node.name;
          const field = { ...node, alias, name: { kind: Kind.NAME as const, value: flat } };
          if (parent !== 'Query') return field;
          const { directives, ...unnamed } = field;
          const below: FieldNode = { ...unnamed, alias: { kind: Kind.NAME, value: belowViewer } };
          return {
            kind: Kind.FIELD,
            name: { kind: Kind.NAME, value: 'viewer' },
            selectionSet: { kind: Kind.SELECTION_SET, selections: [below] },
            alias,
            ...(directives && { directives }),
          };
        },
      },
    }),
  );
  return print(changed);
}

/** What differs between the answer of the union fields and that of the flat ones, and what failed in the former. */
export interface Difference {
  readonly different: string[];
  /** Errors as data that are null in the flat answer: the path there, and the type of the error. */
  readonly failures: Map<string, string>;
}

export function compareAnswers(union: unknown, flat: unknown): Difference {
  const different: string[] = [];
  const failures = new Map<string, string>();
  const walk = (one: unknown, other: unknown, path: string): void => {
    if (isObject(one) && isObject(other) && belowViewer in other && !(belowViewer in one)) {
      walk(one, other[belowViewer], `${path}.${belowViewer}`);
    } else if (isObject(one) && other === null && typeof one.__typename === 'string') {
      failures.set(path, one.__typename);
    } else if (isObject(one) && isObject(other)) {
      for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
        walk(one[key], other[key], `${path}.${key}`);
      }
    } else if (one !== other) {
      different.push(path);
    }
  };
  walk(union, flat, '');
  return { different, failures };
}

/** Lists too. */
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
