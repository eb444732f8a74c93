import { address, contact, listed } from './contact.ts';
import { organizationIdentifiers } from './identifiers.ts';
import { updateLocation } from './location-writes.ts';
import { openingHours } from './opening-hours.ts';
import type { Facade, FhirResource, ResourceKind } from './resource-kind.ts';
import type { WeeklyRow } from './weekly.ts';

interface Row {
  readonly id: number;
  readonly name: string | null;
  readonly address1: string | null;
  readonly address2: string | null;
  readonly city: string | null;
  readonly postcode: string | null;
  readonly phone: string | null;
  readonly fax: string | null;
  readonly email: string | null;
  readonly hpio: string | null;
  readonly practiceId: number | null;
}

function resources(rows: readonly Row[], facade: Facade): FhirResource[] {
  const sessions = facade.practice.assumedFhir ? practiceSessions(facade) : [];
  return rows.map((row) => {
    const [place] = address({}, { ...row, lines: [row.address1, row.address2] });
    return {
      resourceType: 'Location',
      id: String(row.id),
      ...listed('identifier', organizationIdentifiers(row.hpio)),
      status: 'active',
      ...(row.name && { name: row.name }),
      mode: 'instance',
      ...listed('telecom', [
        ...contact('phone', row.phone, 'work'),
        ...contact('fax', row.fax, 'work'),
        ...contact('email', row.email),
      ]),
      ...(place && { address: place }),
      ...(row.practiceId !== null && {
        managingOrganization: { reference: `Organization/${row.practiceId}` },
      }),
      ...listed('hoursOfOperation', openingHours(sessions.filter(({ locationId }) => locationId === row.id))),
    };
  });
}

/** The practice's default sessions are its opening hours, where it has any. They cannot be booked. */
function practiceSessions({ database, today }: Facade): WeeklyRow[] {
  return database.all<WeeklyRow>(
    `SELECT LOCATIONID AS locationId, DAYOFWEEK AS weekday, STARTTIME AS opens, ENDTIME AS closes
     FROM SESSIONS
     WHERE RECORDSTATUS = 1 AND USERID = 0
       AND (STARTDATE IS NULL OR substr(STARTDATE, 1, 10) <= @today)
       AND (ENDDATE IS NULL OR substr(ENDDATE, 1, 10) >= @today)
     ORDER BY DAYOFWEEK, STARTTIME, SESSIONID`,
    { '@today': today },
  );
}

/** LOCATIONS. Bp Premier records neither state nor time zone. */
export const location: ResourceKind = {
  type: 'Location',
  supportedProfile: 'http://hl7.org.au/fhir/StructureDefinition/au-location',
  parameters: [],
  from: 'LOCATIONS L',
  current: 'L.RECORDSTATUS = 1 AND L.LOCATIONID <> 0',
  id: 'L.LOCATIONID',
  numericId: true,
  order: ['L.LOCATIONID'],
  sorts: { _id: ['L.LOCATIONID'] },
  columns: `L.LOCATIONNAME AS name, L.ADDRESS1 AS address1, L.ADDRESS2 AS address2, L.CITY AS city,
    L.POSTCODE AS postcode, L.PHONE AS phone, L.FAX AS fax, L.EMAIL AS email, L.HPIO AS hpio,
    (SELECT MIN(O.PRACTICEID) FROM PRACTICE O WHERE O.RECORDSTATUS = 1) AS practiceId`,
  writes: { assumed: true, update: updateLocation },
  resources,
};
