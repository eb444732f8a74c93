import type { FieldNode, GraphQLObjectType } from 'graphql';
import { functionOf } from '../generated-code.ts';
import { Thrown } from './compile-field.ts';
import { fieldText } from './field-text.ts';
import { interpretSelection } from './interpret-selection.ts';
import type { Plan, Select } from './plan.ts';
import { abandon, nothing, readable, settle } from './selection.ts';

/**
 * A function written for one selection: it reads each property by its name and makes the answer in one literal, which is what
 * an engine is quick at. For `{ start reason patient { fullName } }` of an appointment, where `reason` has a resolver that looks
 * at the parent alone and `patient` one that does not, it is:
 *
 *     try {
 *       try { read = from["start"]; leaf = leaf0.serialize(read); } catch (error) { read = new Thrown(error); leaf = undefined; }
 *       value0 = typeof leaf === 'string' ? leaf : field0(source, read, run, path);
 *       try { read = read1(source); leaf = read; } catch (error) { read = new Thrown(error); leaf = undefined; }
 *       value1 = typeof leaf === 'string' ? leaf : read === null ? null : field1(source, read, run, path);
 *       at = { prev: path, key: "patient", typename: "Appointment" };
 *       try {
 *         read = resolve2(source, {}, run.context, info = info2(at, run));
 *         value2 = typeof read === 'object' ? select2(read, run, at) : finish2(read, run, at, info);
 *       } catch (error) {
 *         value2 = run.nullOrThrow(error, nodes2, at, true);
 *       }
 *     } catch (error) {
 *       return abandon(run, mark, error);
 *     }
 *     const result = { "start": value0, "reason": value1, "patient": value2 };
 *
 * (field-text.ts and leaf-text.ts have the conditions in full.) Nothing that a caller writes gets into the text but names, which
 * are letters, digits and underscores.
 */
export function compileSelection(
  plan: Plan,
  type: GraphQLObjectType,
  selected: ReadonlyMap<string, readonly FieldNode[]>,
): Select {
  const tools: Record<string, unknown> = { readable, nothing, abandon, settle, Thrown };
  const values: string[] = [];
  const statements: string[] = [];
  const entries: string[] = [];
  for (const [responseName, nodes] of selected) {
    const key = JSON.stringify(responseName);
    const name = nodes[0]?.name.value ?? '';
    if (name === '__typename') {
      entries.push(`${key}: ${JSON.stringify(type.name)}`);
      continue;
    }
    const field = type.getFields()[name];
    // As graphql-js: there is none in a document that was found valid.
    if (!field) continue;
    const at = values.length;
    values.push(`value${at}`);
    const text = fieldText({ plan, parentType: type, field, responseName, nodes, at });
    Object.assign(tools, text.tools);
    statements.push(text.statements);
    entries.push(`${key}: value${at}`);
  }
  const body = `'use strict';
return function select(source, run, path) {
  const from = readable(source);
  const mark = run.waiting.length;
  let ${['read', 'leaf', 'at', 'info', ...values].join(', ')};
  try {
    ${statements.join('\n    ')}
  } catch (error) {
    return abandon(run, mark, error);
  }
  const result = { ${entries.join(', ')} };
  return run.waiting.length === mark ? result : settle(run, mark, result);
};`;
  const make = functionOf<(...tools: unknown[]) => Select>(Object.keys(tools), body);
  return make?.(...Object.values(tools)) ?? interpretSelection(plan, type, selected);
}
