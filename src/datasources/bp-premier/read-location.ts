import type { FhirResource, PracticeConnection } from '../practice-connection.ts';
import type { Location } from '../practice-data.ts';
import { readAddress, readContact } from './read-address.ts';
import { text } from './read-element.ts';
import { idOf } from './references.ts';

/** A FHIR Location; its zone is the connection's word on its postcode. */
export function readLocation(resource: FhirResource, connection: PracticeConnection): Location {
  const address = readAddress(resource.address);
  return {
    pmsId: idOf(resource),
    name: text(resource.name),
    address,
    phone: readContact(resource.telecom, { system: 'phone' }),
    email: readContact(resource.telecom, { system: 'email' }),
    timeZone: connection.zoneOf(address?.postcode ?? null),
  };
}
