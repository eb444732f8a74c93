import { listed } from './contact.ts';
import { organizationIdentifiers } from './identifiers.ts';
import type { FhirResource, ResourceKind } from './resource-kind.ts';

interface Row {
  readonly id: number;
  readonly name: string | null;
  readonly hpio: string | null;
}

function resource(row: Row): FhirResource {
  return {
    resourceType: 'Organization',
    id: String(row.id),
    ...listed('identifier', organizationIdentifiers(row.hpio)),
    active: true,
    ...(row.name && { name: row.name }),
  };
}

/** PRACTICE: the practice itself, normally one row. */
export const organization: ResourceKind = {
  type: 'Organization',
  supportedProfile: 'http://hl7.org.au/fhir/StructureDefinition/au-organization',
  parameters: [],
  from: 'PRACTICE O',
  current: 'O.RECORDSTATUS = 1',
  id: 'O.PRACTICEID',
  numericId: true,
  order: ['O.PRACTICEID'],
  sorts: { _id: ['O.PRACTICEID'] },
  columns: 'O.PRACTICENAME AS name, O.HPIO AS hpio',
  resources: (rows: readonly Row[]) => rows.map(resource),
};
