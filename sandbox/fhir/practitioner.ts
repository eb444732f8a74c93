import { contact, listed } from './contact.ts';
import { humanNames } from './human-name.ts';
import { practitionerIdentifiers } from './identifiers.ts';
import { updatePractitioner } from './practitioner-writes.ts';
import type { Facade, FhirResource, ResourceKind } from './resource-kind.ts';
import { codeOf, everyWordBeginsOneOf, nothing } from './search-values.ts';
import { instantOfText } from './wall-clock.ts';

interface Row {
  readonly id: number;
  readonly active: number;
  readonly title: string | null;
  readonly first: string | null;
  readonly family: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly hpii: string | null;
  readonly changed: string;
}

function resource(row: Row, { practice }: Facade): FhirResource {
  return {
    resourceType: 'Practitioner',
    id: String(row.id),
    meta: { lastUpdated: instantOfText(row.changed, practice.timeZone) },
    ...listed('identifier', practitionerIdentifiers(row.hpii)),
    active: row.active === 1,
    ...listed('name', humanNames(row)),
    ...listed('telecom', [...contact('phone', row.phone, 'work'), ...contact('email', row.email)]),
  };
}

/** SQL: 1 for a user who is active. */
export const activeUser = '(U.USERSTATUS IN (1, 3))';
/** SQL condition: users that FHIR shows. */
export const shownUser = 'U.RECORDSTATUS = 1 AND U.USERSTATUS <> 999 AND U.USERID <> 0';

/** USERS, front desk included. Work contact only: private numbers are never sent. */
export const practitioner: ResourceKind = {
  type: 'Practitioner',
  supportedProfile: 'http://hl7.org.au/fhir/StructureDefinition/au-practitioner',
  parameters: [
    {
      name: 'name',
      type: 'string',
      documentation: 'Words that each begin a part of the name',
      assumed: true,
      test: everyWordBeginsOneOf('U.FIRSTNAME', 'U.SURNAME'),
    },
    {
      name: 'active',
      type: 'token',
      documentation: 'Whether the practitioner record is active',
      assumed: true,
      test: (value) => ({ true: activeUser, false: `NOT ${activeUser}` })[codeOf(value) ?? ''] ?? nothing,
    },
  ],
  from: 'USERS U LEFT JOIN TITLES T ON T.TITLECODE = U.TITLECODE',
  current: shownUser,
  id: 'U.USERID',
  numericId: true,
  order: ['U.SURNAME', 'U.FIRSTNAME', 'U.USERID'],
  sorts: { _id: ['U.USERID'], name: ['U.SURNAME', 'U.FIRSTNAME'] },
  columns: `${activeUser} AS active, T.TITLE AS title, U.FIRSTNAME AS first, U.SURNAME AS family, U.PHONE AS phone,
    U.EMAIL AS email, U.HPII AS hpii, COALESCE(U.UPDATED, U.CREATED) AS changed`,
  writes: { assumed: true, update: updatePractitioner },
  resources: (rows: readonly Row[], facade) => rows.map((row) => resource(row, facade)),
};
