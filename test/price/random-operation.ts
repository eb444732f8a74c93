/** Valid queries and mutations of any shape over the schema: aliases, fragments, directives, lists, links back to where they came from. */
import { encodeGlobalID } from '@pothos/plugin-relay';
import type fc from 'fast-check';
import { nat } from 'fast-check';
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedOutputType,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  isLeafType,
  isListType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { practices } from '../../sandbox/practices.ts';
import { schema } from '../../src/schema/index.ts';

const sites = ['1001', '1002', '1004', '1005', '1006', '9001', '9002', 'none'];
const guids = practices.slice(0, 6).map(({ haloGuid }) => haloGuid);
const numbers = ['1', '2', '3', '7', '999999', 'x'];
const quoted = (text: string) => JSON.stringify(text);
const globalIds = ['1001', '1002', '9001'].flatMap((site) => [
  encodeGlobalID('Practice', `BEST_PRACTICE:${site}`),
  encodeGlobalID('Site', `BEST_PRACTICE:${site}`),
  ...['Appointment', 'Patient', 'User', 'Location', 'ClinicHours'].flatMap((type) =>
    ['1', '2', '7'].map((id) => encodeGlobalID(type, `BEST_PRACTICE:${site}:${id}`)),
  ),
]);

/** Texts of an argument's values, by its name. */
const values: Readonly<Record<string, readonly string[]>> = {
  bpSiteId: sites.map(quoted),
  pmsSiteId: ['1001', '1005'].map(quoted),
  haloGuid: guids.map(quoted),
  pmsId: numbers.map(quoted),
  userId: numbers.map(quoted),
  locationId: numbers.map(quoted),
  id: globalIds.map(quoted),
  from: ['"2026-11-23"', '"2026-11-24"', '$from', '"2026-13-01"'],
  to: ['"2026-11-24"', '"2026-11-25"', '"2026-11-20"'],
  first: ['0', '1', '3', '8', '$first'],
  active: ['true', 'false', 'null'],
  role: ['DOCTOR', 'NURSE'],
  takesAppointments: ['true'],
  status: ['[BOOKED]', '[CANCELLED, FULFILLED]'],
  durationMinutes: ['15', '60', '0'],
  search: [
    '{ name: "samplewood" }',
    '{ pmsIds: ["1", "2", "7"] }',
    '{ birthDate: "1980-01-01" }',
    '{ name: "sam", pmsIds: ["1", "2"] }',
    '{}',
  ],
  pms: ['BEST_PRACTICE'],
  after: ['"nothing"'],
};
const lists: Readonly<Record<string, readonly string[]>> = { bpSiteIds: sites, ids: globalIds };
const declared = {
  from: 'Date! = "2026-11-24"',
  first: 'Int = 2',
  no: 'Boolean = false',
  yes: 'Boolean!',
};
/** Reading SQL queries is free, and no field leads from them to a practice. */
const leftOut = ['sqlQuery', 'sqlQueries', 'registeredSqlQueries', '_', 'viewer'];

/**
 * The changes of a practice. Registered queries would outlive the operation, and pairing reads nothing that is
 * charged.
 */
const mutations = [
  'bookAppointment',
  'updateAppointment',
  'moveAppointment',
  'cancelAppointment',
  'arriveAppointment',
  'addPatient',
  'updatePatient',
  'updateUser',
  'addUserDaysAway',
  'removeUserDaysAway',
  'setClinicHours',
  'addDaysClosed',
  'removeDaysClosed',
];
const someIds = ['1', '2', '3', '4', '5', '7', '20', '41', '60', '999999'].map(quoted);
const starts = ['2026-11-25', '2026-11-26', '2027-03-03'].flatMap((date) =>
  ['09:00', '09:15', '10:30', '14:00', '03:10'].map((time) => quoted(`${date}T${time}:00+11:00`)),
);

/** Texts of the values of an input field, by its name. Others are left out if they may be. */
const inputValues: Readonly<Record<string, readonly string[]>> = {
  bpSiteId: ['"1001"', '"1001"', '"1001"', '"1002"', '"1005"', '"none"'],
  appointmentId: someIds,
  patientId: someIds,
  userId: ['"1"', '"2"', '"3"', '"999999"'],
  locationId: ['"1"', '"2"', '"9"'],
  typeId: ['"1"', '"2"', '"99"'],
  dayAwayId: ['"1"', '"2"', '"2:2027-01-04"'],
  dayClosedId: ['"1"', '"2"'],
  start: [...starts, '"2020-01-01T09:00:00+11:00"'],
  durationMinutes: ['15', '30', '90', '0'],
  arrived: ['true', 'false'],
  takesAppointments: ['true', 'false'],
  from: ['"2027-01-04"', '"2027-02-30"'],
  to: ['"2027-01-05"', '"2027-01-01"'],
  reason: ['"Sample"', 'null'],
  idempotencyKey: ['"one"', '"two"', '"three"'],
  firstName: ['"Price"', '"Sam"'],
  lastName: ['"Sampleton"', '"Samplewood"'],
  birthDate: ['"1980-01-01"', '"1981-02-03"'],
  mobilePhone: ['"0491 570 006"', '"1"'],
  phone: ['"02 5550 0100"', 'null'],
  email: ['"sam@sample.example"', '"none"', 'null'],
  sex: ['MALE', 'UNKNOWN'],
  allowNamesake: ['true', 'false'],
  number: ['"4951651671"', '"QX012345"'],
  type: ['GOLD'],
  day: ['SATURDAY', 'SUNDAY'],
  opens: ['"08:00"', '"09:00"'],
  closes: ['"12:00"', '"07:00"'],
};

export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export function randomOperation(
  generate: fc.GeneratorValue,
  kind: 'query' | 'mutation' = 'query',
): RandomOperation {
  const fragments: string[] = [];
  let left = 16;
  let aliases = 0;
  const pick = <T>(from: readonly T[]): T => from[generate(nat, { max: from.length - 1 })] as T;
  const chance = (percent: number) => generate(nat, { max: 99 }) < percent;

  function argumentsOf({ args }: GraphQLField<unknown, unknown>): string {
    const given = args.flatMap((arg) => {
      const { name } = arg;
      const often = name === 'first' ? 90 : 30;
      if (!isRequiredArgument(arg) && !chance(often)) return [];
      const list = lists[name];
      if (list) {
        const some = Array.from({ length: 1 + pick([0, 1, 3]) }, () => quoted(pick(list)));
        return [`${name}: [${some.join(', ')}]`];
      }
      const known = values[name];
      return known ? [`${name}: ${pick(known)}`] : [];
    });
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  /** A literal of an input type. */
  function inputOf(type: GraphQLInputType, name: string): string {
    const named = getNullableType(type);
    if (isListType(named)) {
      return `[${Array.from({ length: pick([0, 1, 2]) }, () => inputOf(named.ofType, name)).join(', ')}]`;
    }
    if (!isInputObjectType(named)) return pick(inputValues[name] ?? ['null']);
    const given = Object.values(named.getFields()).flatMap((field) => {
      const isKnown = field.name in inputValues || !isLeafType(getNullableType(field.type));
      if (!isRequiredInputField(field) && !(isKnown && chance(20))) return [];
      return [`${field.name}: ${inputOf(field.type, field.name)}`];
    });
    return `{ ${given.join(', ')} }`;
  }

  function mutationField(): string {
    const field = schema.getMutationType()?.getFields()[pick(mutations)];
    const [input] = field?.args ?? [];
    if (!field || !input) throw new Error('There is no such mutation.');
    aliases += 1;
    const name = `m${aliases}`;
    return `${name}: ${field.name}(input: ${inputOf(input.type, 'input')}) ${selectionOf(getNamedType(field.type), 1 + pick([1, 2, 4]))}`;
  }

  function fieldOf(type: GraphQLObjectType, deep: number): string {
    const all = Object.values(type.getFields()).filter(({ name }) => !leftOut.includes(name));
    const leading = all.filter((field) => isCompositeType(getNamedType(field.type)));
    const leafs = all.filter((field) => !leading.includes(field));
    const goesOn = deep > 0 && left > 0 && leading.length > 0 && (leafs.length === 0 || chance(80));
    const from = goesOn ? leading : leafs;
    if (from.length === 0) return '__typename';
    const field = pick(from);
    left -= 1;
    aliases += 1;
    const alias = `f${aliases}`;
    const named = getNamedType(field.type);
    const below = isCompositeType(named) ? ` ${selectionOf(named, deep - 1)}` : '';
    const directive = chance(5) ? pick([' @skip(if: $no)', ' @skip(if: $yes)', ' @include(if: $yes)']) : '';
    return `${alias}: ${field.name}${argumentsOf(field)}${directive}${below}`;
  }

  function selectionOf(type: GraphQLNamedOutputType, deep: number): string {
    if (!isCompositeType(type)) return '';
    if (!isAbstractType(type)) {
      const fields = Array.from({ length: 1 + pick([0, 1, 1, 2]) }, () => fieldOf(type, deep));
      if (!chance(15)) return `{ ${fields.join(' ')} }`;
      const name = `F${fragments.length}`;
      fragments.push(`fragment ${name} on ${type.name} { ${fields.join(' ')} }`);
      return `{ ...${name} ...${name} }`;
    }
    const parts = schema
      .getPossibleTypes(type)
      .filter(({ name }) => !name.startsWith('SqlQuery') && !name.startsWith('Registered'))
      .filter((one) => chance(one.getInterfaces().some(({ name }) => name === 'HaloError') ? 3 : 100))
      .map((one) => `... on ${one.name} ${selectionOf(one, deep)}`);
    return `{ __typename ${parts.join(' ')} }`;
  }

  if (kind === 'mutation') {
    const changes = Array.from({ length: 1 + pick([0, 0, 1, 2]) }, mutationField);
    const text = `{ used: __typename @skip(if: $no) @include(if: $yes)
      ${changes.join('\n      ')}
    }
    ${fragments.join('\n    ')}`;
    const used = Object.entries(declared).filter(([name]) => text.includes(`$${name}`));
    const head = used.map(([name, type]) => `$${name}: ${type}`).join(', ');
    return { query: `mutation Random(${head}) ${text}`, variables: { yes: true } };
  }
  const root = schema.getQueryType() as GraphQLObjectType;
  const fields = Array.from({ length: 1 + pick([0, 0, 1]) }, () => fieldOf(root, 3 + pick([1, 2, 4, 8])));
  return {
    query: `query Random($from: Date! = "2026-11-24", $first: Int = 2, $no: Boolean = false, $yes: Boolean!) {
      used: __typename @skip(if: $no) @include(if: $yes) ...Used
      ${fields.join('\n      ')}
    }
    fragment Used on Query {
      practices(bpSiteIds: []) { ... on Practice { appointments(from: $from, first: $first) { __typename } } }
    }
    ${fragments.join('\n    ')}`,
    variables: { yes: true },
  };
}
