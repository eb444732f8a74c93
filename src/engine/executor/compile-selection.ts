import { type FieldNode, type GraphQLObjectType, getNullableType } from 'graphql';
import { functionOf } from '../generated-code.ts';
import { isAlwaysObject } from './compile-completion.ts';
import { Thrown } from './compile-field.ts';
import { fieldText } from './field-text.ts';
import { interpretSelection } from './interpret-selection.ts';
import type { Member, Plan, Select } from './plan.ts';
import { abandon, nothing, readable, settle } from './selection.ts';

/**
 * Generates a function for one selection. It reads each property by its name and creates the result with one object literal,
 * which V8 executes fast. Example: `{ start reason patient { fullName } }` of an appointment. The resolver of `reason` needs only
 * the parent, and that of `patient` needs more:
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
 * field-text.ts and leaf-text.ts contain the complete conditions. The only text of a caller in the code is names, which consist
 * of letters, digits and underscores.
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
  const members: Member[] = [];
  for (const [responseName, nodes] of selected) {
    const key = JSON.stringify(responseName);
    const name = nodes[0]?.name.value ?? '';
    if (name === '__typename') {
      entries.push(`${key}: ${JSON.stringify(type.name)}`);
      members.push({ responseName, constant: type.name });
      continue;
    }
    const field = type.getFields()[name];
    // A valid document has no such field. graphql-js skips it too.
    if (!field) continue;
    const at = values.length;
    values.push(`value${at}`);
    const text = fieldText({ plan, parentType: type, field, responseName, nodes, at });
    Object.assign(tools, text.tools);
    statements.push(text.statements);
    entries.push(`${key}: value${at}`);
    const valueType = getNullableType(field.type);
    const below = isAlwaysObject(valueType) ? () => plan.selectionBelow(valueType, nodes) : undefined;
    members.push({ responseName, below });
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
  const select = make?.(...Object.values(tools));
  return select ? Object.assign(select, { members }) : interpretSelection(plan, type, selected);
}
