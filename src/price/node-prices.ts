import { readGlobalId } from '../resolvers/global-id.ts';
import { selectionOn } from '../resolvers/selection.ts';
import type { Entities, Pricing } from './count-charged-calls.ts';
import { type FieldPrice, type PricedField, practiceNamed } from './field-price.ts';
import { byId } from './loads.ts';
import { appointmentTypes, clinicHours, locations } from './questions.ts';

export const node: FieldPrice = (at, field, pricing) => nodesOf([field.args.id], at, field, pricing);

export const nodes: FieldPrice = (at, field, pricing) =>
  nodesOf(field.args.ids as readonly unknown[], at, field, pricing);

function nodesOf(
  ids: readonly unknown[],
  at: Entities,
  { path, info }: PricedField,
  pricing: Pricing,
): readonly Entities[] {
  const byType = new Map<string, string[]>();
  for (const id of new Set(ids.map(String))) {
    const global = readGlobalId(id);
    if (!global) continue;
    const place = 'pms' in global ? practiceNamed(id) : global.haloGuid;
    byType.set(global.type, [...(byType.get(global.type) ?? []), place]);
  }
  return [...byType].map(([type, named]) => {
    const practices = new Set(named).size;
    const practice = `${path} ${type}`;
    const there = { ...at, practice, moment: path, type, practices, max: named.length - practices + 1 };
    const fields = selectionOn(info, type);
    switch (type) {
      case 'Appointment':
        return pricing.load(there, path, byId.appointments(fields));
      case 'AppointmentType':
        return pricing.send(there, path, [appointmentTypes]);
      case 'Patient':
        return pricing.load(there, path, byId.patients(fields));
      case 'User':
        return { ...pricing.load(there, path, byId.users(fields)), withProviderNumbers: true };
      case 'Location':
        return pricing.send(there, path, [locations]);
      case 'ClinicHours':
        return pricing.send(there, path, [locations, clinicHours]);
      default:
        return there;
    }
  });
}
