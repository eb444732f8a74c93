import {
  type GraphQLLeafType,
  type GraphQLObjectType,
  getNullableType,
  isLeafType,
  isNonNullType,
} from 'graphql';
import { isAlwaysObject } from './compile-completion.ts';
import { compileField, type Field, type FieldPlace } from './compile-field.ts';
import { leafText } from './leaf-text.ts';
import { isRead } from './parent-only.ts';

/** The statements that assign the value of a field to its variable, and the functions that they call. */
interface FieldText {
  readonly statements: string;
  readonly tools: Readonly<Record<string, unknown>>;
}

interface Place extends FieldPlace {
  /** Index of the field in the selection. Its variable is `value{at}`. */
  readonly at: number;
}

/** Generates code for the common cases. Every other case calls `field{at}`. */
export function fieldText(place: Place): FieldText {
  const { field, at } = place;
  const type = getNullableType(field.type);
  const plain = field.args.length === 0;
  if (plain && isAlwaysObject(type)) return objectText(place, type);
  const { run } = compileField(place);
  const tools = { [`field${at}`]: run };
  if (!isRead(field)) return { statements: `value${at} = field${at}(source, undefined, run, path);`, tools };
  if (plain && isLeafType(type)) return readLeafText(place, type, tools);
  return {
    statements: `try { read = ${reading(place)}; } catch (error) { read = new Thrown(error); }
    value${at} = field${at}(source, read, run, path);`,
    tools: { ...tools, ...readerOf(place) },
  };
}

/** A string, number or enum value that was read needs neither `path` nor `info`. */
function readLeafText(place: Place, type: GraphQLLeafType, tools: FieldText['tools']): FieldText {
  const { field, at } = place;
  const { answer, isRight, tool } = leafText(type, `leaf${at}`);
  return {
    statements: `try { read = ${reading(place)}; leaf = ${answer}; } catch (error) { read = new Thrown(error); leaf = undefined; }
    value${at} = ${isRight} ? leaf : ${nullOr(field)}field${at}(source, read, run, path);`,
    tools: { ...tools, ...readerOf(place), ...(tool === undefined ? {} : { [`leaf${at}`]: tool }) },
  };
}

/** Selects from an object here, so that V8 can inline the inner selection. */
function objectText(place: Place, type: GraphQLObjectType): FieldText {
  const { plan, parentType, field, responseName, nodes, at } = place;
  const { run, infoOf, finish, wait } = compileField(place);
  const read = isRead(field);
  return {
    statements: `at = { prev: path, key: ${JSON.stringify(responseName)}, typename: ${JSON.stringify(parentType.name)} };
    try {
      read = ${read ? reading(place) : `resolve${at}(source, nothing, run.context, info = info${at}(at, run))`};
      if (typeof read === 'object' && read !== null && typeof read.then !== 'function' && !(read instanceof Error)) {
        value${at} = (select${at} ??= below${at}())(read, run, at);
        if (value${at} instanceof Promise) value${at} = wait${at}(value${at}, run, at);
      } else value${at} = ${nullOr(field)}${read ? `field${at}(source, read, run, path)` : `finish${at}(read, run, at, info)`};
    } catch (error) {
      value${at} = run.nullOrThrow(error, nodes${at}, at, ${!isNonNullType(field.type)});
    }`,
    tools: {
      [`select${at}`]: undefined,
      [`below${at}`]: () => plan.selectionBelow(type, nodes),
      [`wait${at}`]: wait,
      [`nodes${at}`]: nodes,
      ...(read
        ? { [`field${at}`]: run, ...readerOf(place) }
        : { [`resolve${at}`]: field.resolve, [`info${at}`]: infoOf, [`finish${at}`]: finish }),
    },
  };
}

const nullOr = ({ type }: Field): string =>
  isNonNullType(type) ? '' : 'read === null || read === undefined ? null : ';

const reading = ({ field, at }: Place): string =>
  field.resolve ? `read${at}(source)` : `from[${JSON.stringify(field.name)}]`;

const readerOf = ({ field, at }: Place) => (field.resolve ? { [`read${at}`]: field.resolve } : {});
