import type { Location } from '../domain/clinic.ts';
import type { FhirResource, PracticeConnection } from '../halo-cloud/practice-connection.ts';
import { todayOf } from './current-entry.ts';
import { readAddress } from './read-address.ts';
import { readContact } from './read-contact.ts';
import { text } from './read-element.ts';
import { idOf } from './references.ts';

/** A FHIR Location; its zone is the connection's word on its postcode. */
export function readLocation(resource: FhirResource, connection: PracticeConnection): Location {
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
