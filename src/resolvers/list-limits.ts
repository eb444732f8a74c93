/** Maximum length of lists in arguments. The schema declares it with the list; it is checked before the resolver runs. */
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  getNullableType,
  isInputObjectType,
  isListType,
} from 'graphql';
import type { InputIssue } from '../errors.ts';

export interface ListLimit {
  readonly max: number;
  /** Plural noun for the message `At most 200 ids.` */
  readonly of: string;
}

const key = 'listLimit';

/** For the extensions of an argument or input field. */
export const noteListLimit = (limit: ListLimit): object => ({ [key]: limit });

/** `At most 200 ids.` */
export const listLimitText = ({ max, of }: ListLimit): string => `At most ${grouped(max)} ${of}.`;

/** `1,000`. Without `Intl`, whose tables take 5 ms of the start to load. */
const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

type Check = (value: unknown, path: readonly string[], issues: InputIssue[]) => void;
type Inputs = readonly (GraphQLArgument | GraphQLInputField)[];

const checks = new WeakMap<Inputs, Check>();

/** Issues for lists that are too long. The items of such a list are not checked. */
export function tooLongLists(
  args: readonly GraphQLArgument[],
  values: Readonly<Record<string, unknown>>,
): readonly InputIssue[] {
  let check = checks.get(args);
  if (!check) {
    check = checkOf(args) ?? (() => {});
    checks.set(args, check);
  }
  const issues: InputIssue[] = [];
  check(values, [], issues);
  return issues;
}

/** Undefined if there is no list among the inputs. */
function checkOf(inputs: Inputs): Check | undefined {
  const parts = inputs.flatMap(({ name, type, extensions }) => {
    const check = checkOfType(type, extensions[key] as ListLimit | undefined);
    return check ? [{ name, check }] : [];
  });
  if (parts.length === 0) return undefined;
  return (value, path, issues) => {
    if (typeof value !== 'object' || value === null) return;
    for (const { name, check } of parts) {
      check((value as Record<string, unknown>)[name], [...path, name], issues);
    }
  };
}

function checkOfType(nullableOrNot: GraphQLInputType, limit: ListLimit | undefined): Check | undefined {
  const type = getNullableType(nullableOrNot);
  if (isInputObjectType(type)) return checkOf(Object.values(type.getFields()));
  if (!isListType(type)) return undefined;
  const checkItem = checkOfType(type.ofType, undefined);
  return (value, path, issues) => {
    if (!Array.isArray(value)) return;
    if (limit && value.length > limit.max) issues.push({ path, message: listLimitText(limit) });
    else if (checkItem) {
      for (const [index, item] of value.entries()) checkItem(item, [...path, String(index)], issues);
    }
  };
}
