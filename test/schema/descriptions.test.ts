import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  specifiedScalarTypes,
  validate,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { schema } from '../../src/schema/index.ts';

interface Described {
  readonly coordinate: string;
  readonly description: string | null | undefined;
}

const own = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !specifiedScalarTypes.some(({ name }) => name === type.name),
);

const coordinates: Described[] = own.flatMap((type): Described[] => {
  const self = { coordinate: type.name, description: type.description };
  if (isEnumType(type)) {
    const values = type
      .getValues()
      .map(({ name, description }) => ({ coordinate: `${type.name}.${name}`, description }));
    return [self, ...values];
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return [
      self,
      ...fields.map(({ name, description }) => ({ coordinate: `${type.name}.${name}`, description })),
    ];
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    const fields = Object.values(type.getFields()).flatMap((field) => [
      { coordinate: `${type.name}.${field.name}`, description: field.description },
      ...field.args.map(({ name, description }) => ({
        coordinate: `${type.name}.${field.name}(${name}:)`,
        description,
      })),
    ]);
    return [self, ...fields];
  }
  return [self];
});

/** Words of an older style that no description may use. */
const avoided =
  /\b(tells?|told|untold|asks?|asked|asking|whom|dear|heard|hearsay|vigil|fate|anew|at hand|of old|left out:|nobody|somebody|learn it)\b/i;

describe('descriptions', () => {
  test('the schema has one, and its queries are valid', () => {
    const queries = [...(schema.description ?? '').matchAll(/```graphql\n(.*?)```/gs)].map(
      ([, query]) => query,
    );
    expect(queries).toHaveLength(3);
    for (const query of queries) expect(validate(schema, parse(query ?? ''))).toEqual([]);
  });

  test('none uses an avoided word', () => {
    const all = [{ coordinate: 'schema', description: schema.description }, ...coordinates];
    const found = all.filter(({ description }) => avoided.test(description ?? ''));
    expect(found.map(({ coordinate, description }) => `${coordinate}: ${description}`)).toEqual([]);
  });

  test('nothing is without one', () => {
    expect(coordinates.length).toBeGreaterThan(350);
    expect(coordinates.filter(({ description }) => !description).map(({ coordinate }) => coordinate)).toEqual(
      [],
    );
  });

  test('each is a sentence or more', () => {
    const odd = coordinates.filter(({ description }) => !/[.:]$/.test(description ?? ''));
    expect(odd.map(({ coordinate }) => coordinate)).toEqual([]);
  });

  test('every nullable field of an entity says what null means', () => {
    const entities = ['Appointment', 'Patient', 'User', 'Location', 'Practice', 'Site', 'ClinicHours'];
    const silent = own
      .filter(isObjectType)
      .filter(({ name }) => entities.includes(name))
      .flatMap((type) =>
        Object.values(type.getFields())
          .filter(
            ({ type: of, description }) => !String(of).endsWith('!') && !/null|Null/.test(description ?? ''),
          )
          .map((field) => `${type.name}.${field.name}: ${getNamedType(field.type).name}`),
      );
    expect(silent).toEqual([]);
  });
});
