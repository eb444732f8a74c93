import { absences } from './absences.ts';
import { listed } from './contact.ts';
import { providerNumber } from './identifiers.ts';
import { activeUser, shownUser } from './practitioner.ts';
import { updatePractitionerRole } from './practitioner-role-writes.ts';
import type { Facade, FhirResource, ResourceKind } from './resource-kind.ts';
import { refersTo } from './search-values.ts';
import { timeOf } from './wall-clock.ts';
import { daysOfWeek, type WeeklyRow } from './weekly.ts';

interface Row {
  readonly id: string;
  readonly userId: number;
  readonly locationId: number;
  readonly knownLocation: number;
  readonly active: number;
  readonly groupName: string | null;
  readonly ownNumber: string | null;
  readonly numberHere: string | null;
}

interface SessionRow extends WeeklyRow {
  readonly userId: number;
}

function resources(rows: readonly Row[], facade: Facade): FhirResource[] {
  const { assumedFhir } = facade.practice;
  const sessions = assumedFhir ? currentSessions(facade) : [];
  const away = assumedFhir ? absences(facade.database) : [];
  return rows.map((row) => ({
    resourceType: 'PractitionerRole',
    id: row.id,
    ...listed('identifier', providerNumber(row.numberHere || row.ownNumber)),
    active: row.active === 1,
    practitioner: { reference: `Practitioner/${row.userId}` },
    ...listed('code', row.groupName ? [{ text: row.groupName }] : []),
    ...listed('location', row.knownLocation ? [{ reference: `Location/${row.locationId}` }] : []),
    ...listed(
      'availableTime',
      sessions
        .filter(({ userId, locationId }) => userId === row.userId && locationId === row.locationId)
        .map(({ weekday, opens, closes }) => ({
          daysOfWeek: daysOfWeek(weekday),
          availableStartTime: timeOf(opens),
          availableEndTime: timeOf(closes),
        })),
    ),
    ...listed(
      'notAvailable',
      away.filter(({ userId }) => userId === row.userId).map(({ entry }) => entry),
    ),
  }));
}

/** FHIR has no validity for an available time: sessions that have ended are left out. */
function currentSessions({ database, today }: Facade): SessionRow[] {
  return database.all<SessionRow>(
    `SELECT USERID AS userId, LOCATIONID AS locationId, DAYOFWEEK AS weekday, STARTTIME AS opens, ENDTIME AS closes
     FROM SESSIONS
     WHERE RECORDSTATUS = 1 AND USERID <> 0 AND (ENDDATE IS NULL OR substr(ENDDATE, 1, 10) >= @today)
     ORDER BY USERID, DAYOFWEEK, STARTTIME, SESSIONID`,
    { '@today': today },
  );
}

/**
 * One role for each user and location: the usual location (which comes first) and every other one where the user has a
 * provider number or a session.
 */
export const practitionerRole: ResourceKind = {
  type: 'PractitionerRole',
  supportedProfile: 'http://hl7.org.au/fhir/StructureDefinition/au-practitionerrole',
  parameters: [
    {
      name: 'practitioner',
      type: 'reference',
      documentation: 'Practitioner that is able to provide the defined services',
      assumed: true,
      test: refersTo('Practitioner', 'R.USERID'),
    },
  ],
  from: `(
      SELECT USERID, LOCATIONID FROM USERS
      UNION SELECT USERID, LOCATIONID FROM PROVIDER_LOCATION
        WHERE RECORDSTATUS = 1 AND LOCATIONID IN (SELECT LOCATIONID FROM LOCATIONS WHERE RECORDSTATUS = 1)
      UNION SELECT USERID, LOCATIONID FROM SESSIONS
        WHERE RECORDSTATUS = 1 AND LOCATIONID IN (SELECT LOCATIONID FROM LOCATIONS WHERE RECORDSTATUS = 1)
    ) R
    JOIN USERS U ON U.USERID = R.USERID
    LEFT JOIN LOCATIONS L ON L.LOCATIONID = R.LOCATIONID AND L.RECORDSTATUS = 1
    LEFT JOIN USERGROUPS G ON G.GROUPCODE = U.GROUPCODE`,
  current: shownUser,
  id: "(R.USERID || '-' || R.LOCATIONID)",
  numericId: false,
  order: ['R.USERID', 'R.LOCATIONID <> U.LOCATIONID', 'R.LOCATIONID'],
  sorts: { _id: ['R.USERID', 'R.LOCATIONID'] },
  columns: `R.USERID AS userId, R.LOCATIONID AS locationId, L.LOCATIONID IS NOT NULL AS knownLocation,
    ${activeUser} AS active, G.GROUPNAME AS groupName,
    CASE WHEN R.LOCATIONID = U.LOCATIONID THEN U.PROVIDERNO END AS ownNumber,
    (SELECT MAX(PL.PROVIDERNUMBER) FROM PROVIDER_LOCATION PL
     WHERE PL.USERID = R.USERID AND PL.LOCATIONID = R.LOCATIONID AND PL.RECORDSTATUS = 1) AS numberHere`,
  writes: { assumed: true, update: updatePractitionerRole },
  resources,
};
