import { isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { isRead } from '../../src/engine/executor/parent-only.ts';
import { schema } from '../../src/schema/index.ts';

const fields = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
  .flatMap((type) =>
    isObjectType(type) ? Object.values(type.getFields()).map((field) => ({ type, field })) : [],
  );

it('a resolver that declares one parameter takes no more of them than that', () => {
  for (const { type, field } of fields) {
    const text = field.resolve?.length === 1 ? String(field.resolve) : '';
    const [parameters] = /^[^(]*\([^)]*\)/.exec(text) ?? [''];
    const coordinate = `${type.name}.${field.name}`;
    expect(parameters, coordinate).not.toMatch(/\.\.\.\s*\w+\s*\)|=(?!>)/);
    expect(text, coordinate).not.toMatch(/\barguments\b/);
  }
});

it('properties of a row are read directly; only loading fields call a resolver', () => {
  const called = fields
    .filter(({ type }) =>
      ['Appointment', 'Patient', 'User', 'Location', 'Slot', 'AppointmentType'].includes(type.name),
    )
    .filter(({ field }) => field.args.length === 0 && !isRead(field))
    .map(({ type, field }) => `${type.name}.${field.name}`);
  expect(called.sort()).toEqual([
    'Appointment.location',
    'Appointment.patient',
    'Appointment.user',
    'Patient.usualUser',
    'Slot.location',
    'Slot.user',
    'User.location',
    'User.providerNumbers',
    'User.sessions',
  ]);
});
