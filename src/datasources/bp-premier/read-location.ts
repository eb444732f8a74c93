import type { Location as LocationResource } from 'fhir/r4.js';
import type { Location } from '../domain/clinic.ts';
import type { PracticeConnection } from '../halo-cloud/practice-connection.ts';
import { todayOf } from './current-entry.ts';
import { readAddress } from './read-address.ts';
import { readContact } from './read-contact.ts';
import { type Received, text } from './read-element.ts';
import { idOf } from './references.ts';

/** Reads a FHIR Location. Its time zone follows from its postcode. */
export function readLocation(resource: Received<LocationResource>, connection: PracticeConnection): Location {
  const today = todayOf(connection);
  const address = readAddress(resource.address);
  return {
    pmsId: idOf(resource),
    name: text(resource.name),
    address,
    phone: readContact(resource.telecom, 'anyPhone', today),
    email: readContact(resource.telecom, 'email', today),
    timeZone: connection.zoneOf(address?.postcode ?? null),
  };
}
