import { statusOf } from '../../datasources/bp-premier/appointment-status.ts';
import { type Element, element, elements, text } from '../../datasources/bp-premier/read-element.ts';
import { readInstant } from '../../datasources/bp-premier/read-time.ts';
import { referenceTo } from '../../datasources/bp-premier/references.ts';
import type { FhirCapability, FhirResource } from '../../datasources/halo-cloud/practice-connection.ts';
import { currentRecord } from '../../datasources/sql-passthrough/codes.ts';
import { epochMs, localInstant } from '../../time/local.ts';
import type { TimeZone } from '../../time/types.ts';
import { zoneOfPostcode } from '../../time/zones.ts';
import { compared, sampleReading } from './appointment-sample.ts';
import { cannotTell, type Evidence, fails, holds, type Line, toMaintainers, type Verdict } from './line.ts';
import { type Reading, textOf } from './reading.ts';

export const fhirReadings: readonly Reading[] = [
  sampleReading,
  {
    name: 'users',
    tables: ['USERS'],
    internal: true,
    sql: `SELECT ${textOf('u.USERID')} + ' ' + ${textOf('u.USERSTATUS')} AS NAME, u.LOCATIONID AS N FROM dbo.USERS u WHERE u.RECORDSTATUS = ${currentRecord} AND u.USERID <> 0`,
  },
];

const allEqual = ({ equal, of }: { equal: number; of: number }, what: string): Verdict => {
  const found = `${equal} of ${of} ${what}.`;
  if (of === 0) return cannotTell(found);
  return equal === of ? holds(found) : fails(found);
};

/** The ids of that type among the participants. */
const actors = (resource: FhirResource, type: string): readonly string[] =>
  elements(resource.participant).flatMap(({ actor }) => referenceTo(type, actor) ?? []);

function zoneAt({ count, recorded }: Evidence, locationId: string): TimeZone | undefined {
  const postcodes = [...count('postcodes')];
  const own = postcodes.find(([, id]) => String(id) === locationId) ?? postcodes[0];
  return recorded?.timeZone ?? zoneOfPostcode(own?.[0]);
}

const sample = ['appointments', 'sample of appointments'];

/** The search parameters of the adapter, besides `_id`. */
const searches: Readonly<Record<string, readonly string[]>> = {
  Appointment: ['_id', 'date', 'practitioner', 'patient'],
  Patient: ['_id', 'name', 'birthdate', 'phone', 'identifier'],
  Practitioner: ['_id'],
  PractitionerRole: ['practitioner'],
  Location: [],
};

function lackingIn(capability: FhirCapability): readonly string[] {
  return Object.entries(searches).flatMap(([resource, parameters]) => {
    const offered = capability.resources.get(resource);
    if (!offered?.interactions.has('search-type')) return [`${resource} search`];
    return parameters
      .filter((parameter) => !offered.searchParams.has(parameter))
      .map((parameter) => `${resource} search by ${parameter}`);
  });
}

const sqlServes = 'Nothing: SQL Passthrough serves what is not listed. HALO_SOURCE=bp-premier would lack it.';
const useSql = `HALO_SOURCE=sql-passthrough for this deployment. ${toMaintainers}`;

export const fhirLines: readonly Line[] = [
  {
    id: 'F7',
    about: 'the CapabilityStatement lists the searches that are used',
    needs: ['capability'],
    reads: 'the CapabilityStatement against the searches of the Bp Premier API adapter',
    remedy: sqlServes,
    verdict({ capability }) {
      const lacking = lackingIn(capability);
      const found = `FHIR ${capability.fhirVersion ?? '?'}, server ${capability.serverVersion ?? '?'}.`;
      return lacking.length === 0 ? holds(found) : fails(`${found} Not listed: ${lacking.join(', ')}.`);
    },
  },
  {
    id: 'F4',
    about: 'the CapabilityStatement lists Slot $find-free',
    needs: ['capability'],
    reads: 'whether the CapabilityStatement lists the operation `find-free`; it is not called',
    remedy: sqlServes,
    verdict({ capability }) {
      const isListed = [capability.resources.get('Slot'), capability].some((each) =>
        each?.operations.has('find-free'),
      );
      return isListed ? holds('It is listed.') : fails('It is not listed.');
    },
  },
  {
    id: 'F1',
    about: 'FHIR ids are the ids of the database',
    needs: sample,
    reads:
      'the ids of some appointments, their users, patients and locations in FHIR against those in SQL, as a count',
    remedy: useSql,
    verdict: (evidence) => {
      const sampled = evidence.count('sample of appointments').size;
      const same = compared(
        evidence,
        (row, resource) =>
          actors(resource, 'Patient').includes(row.patientId) &&
          (actors(resource, 'Practitioner').length === 0 ||
            actors(resource, 'Practitioner').includes(row.userId)) &&
          (actors(resource, 'Location').length === 0 ||
            actors(resource, 'Location').includes(row.locationId)),
      );
      if (sampled > 0 && same.of === 0)
        return fails(`None of ${sampled} appointments has its RECORDID as id.`);
      return allEqual(same, 'appointments have the same ids');
    },
  },
  {
    id: 'F3',
    about: '_id takes a list',
    needs: sample,
    reads: 'how many of the ids in one search come back, and whether `_elements` is listed',
    remedy: useSql,
    verdict(evidence) {
      const sampled = evidence.count('sample of appointments').size;
      const { of } = compared(evidence, () => true);
      const found = `${of} of ${sampled} ids came back.`;
      if (sampled < 2) return cannotTell(found);
      return of === sampled ? holds(found) : fails(found);
    },
  },
  {
    id: 'F2',
    about: 'FHIR statuses mean the same as APPOINTMENTCODE',
    needs: sample,
    reads: 'the status of some appointments in FHIR against their codes in SQL, as a count',
    remedy: useSql,
    verdict: (evidence) =>
      allEqual(
        compared(
          evidence,
          ({ code }, { status }) =>
            statusOf(text(status)) === evidence.codes.appointmentStatus(currentRecord, code),
        ),
        'appointments have the same status',
      ),
  },
  {
    id: 'F8',
    about: 'FHIR instants are the wall times of the book',
    needs: [...sample, 'postcodes'],
    reads:
      'the start of some appointments in FHIR against date and seconds in SQL, as a count, and their offsets',
    remedy: `PRACTICES_FILE, timeZone, if it is wrong. Else: ${useSql}`,
    verdict(evidence) {
      const starts = evidence.appointments.map(({ start }) => text(start) ?? '');
      const without = starts.filter((start) => !/(Z|[+-]\d\d:\d\d)$/.test(start)).length;
      const same = compared(evidence, (row, { start }) => {
        const zone = zoneAt(evidence, row.locationId);
        if (zone === undefined) return null;
        return readInstant(start, zone) === localInstant(row.date, row.seconds, zone);
      });
      return allEqual(same, `appointments have the same start, ${without} are without an offset`);
    },
  },
  {
    id: 'F11',
    about: 'meta.lastUpdated is UPDATED',
    needs: [...sample, 'postcodes'],
    reads: '`meta.lastUpdated` of some appointments against `UPDATED`, as a count',
    remedy: `Changes of a live book that FHIR reads can be missed. ${toMaintainers}`,
    verdict: (evidence) =>
      allEqual(
        compared(evidence, (row, { meta }) => {
          const zone = zoneAt(evidence, row.locationId);
          const updated = zone && readInstant(row.updated, zone);
          const last = zone && readInstant(element(meta)?.lastUpdated, zone);
          if (!updated || !last) return null;
          return Math.abs(epochMs(updated) - epochMs(last)) <= 1_000;
        }),
        'changed appointments have the same instant',
      ),
  },
  {
    id: 'P5',
    about: 'appointments name a Practitioner',
    needs: ['appointments'],
    reads: 'how many of some appointments name a Practitioner and how many a PractitionerRole',
    remedy: `Operations can cost one call more than their price. ${toMaintainers}`,
    verdict({ appointments }) {
      const named = appointments.filter((each) => actors(each, 'Practitioner').length > 0).length;
      return allEqual({ equal: named, of: appointments.length }, 'appointments name a Practitioner');
    },
  },
  {
    id: 'F5',
    about: 'PractitionerRole has weekly sessions',
    needs: ['roles'],
    reads: 'how many roles carry `availableTime`',
    remedy: sqlServes,
    verdict({ roles }) {
      const timed = roles.filter(({ availableTime }) => elements(availableTime).length > 0).length;
      const found = `${timed} of ${roles.length} roles.`;
      if (roles.length === 0) return cannotTell(found);
      return timed > 0 ? holds(found) : fails(found);
    },
  },
  {
    id: 'F9',
    about: 'roles without active are active',
    needs: ['roles', 'users'],
    reads: 'roles without `active`, and the `USERSTATUS` of their users',
    remedy: `Former users are shown as active. ${useSql}`,
    verdict({ roles, count, codes }) {
      const without = roles.filter(({ active }) => active === undefined);
      const inactive = new Set(
        [...count('users').keys()]
          .map((name) => name.split(' '))
          .filter(([, status]) => codes.isActiveUser(Number(status)) === false)
          .map(([id]) => id),
      );
      const wrong = without.filter((role) =>
        inactive.has(referenceTo('Practitioner', role.practitioner) ?? ''),
      );
      const found = `${without.length} of ${roles.length} roles are without active; ${wrong.length} of them are of inactive users.`;
      if (roles.length === 0) return cannotTell(found);
      return wrong.length === 0 ? holds(found) : fails(found);
    },
  },
  {
    id: 'F10',
    about: 'the first role of a user is at the usual location',
    needs: ['roles', 'users'],
    reads: 'the location of each first role against `USERS.LOCATIONID`, as a count',
    remedy: `A user's usual location can be another one. ${useSql}`,
    verdict({ roles, count }) {
      const usual = new Map([...count('users')].map(([name, location]) => [name.split(' ')[0], location]));
      const first = new Map<string, Element>();
      for (const role of roles) {
        const user = referenceTo('Practitioner', role.practitioner);
        if (user !== null && !first.has(user)) first.set(user, role);
      }
      const results = [...first].flatMap(([user, role]) => {
        const locations = elements(role.location).flatMap((each) => referenceTo('Location', each) ?? []);
        const known = usual.get(user);
        return known === undefined || locations.length === 0 ? [] : [locations[0] === String(known)];
      });
      const equal = results.filter((same) => same).length;
      return allEqual({ equal, of: results.length }, 'users');
    },
  },
  {
    id: 'F6',
    about: 'Location has opening hours',
    needs: ['locations'],
    reads: 'how many locations carry `hoursOfOperation`',
    remedy: sqlServes,
    verdict({ locations }) {
      const open = locations.filter(({ hoursOfOperation }) => elements(hoursOfOperation).length > 0).length;
      const found = `${open} of ${locations.length} locations.`;
      if (locations.length === 0) return cannotTell(found);
      return open > 0 ? holds(found) : fails(found);
    },
  },
  {
    id: 'P7',
    about: 'FHIR ids are numbers',
    needs: ['roles', 'locations'],
    reads: 'how many ids of practitioners and locations are numbers',
    remedy: `Operations can cost more than their price. ${toMaintainers}`,
    verdict({ roles, locations }) {
      const ids = [
        ...roles.flatMap(({ practitioner }) => referenceTo('Practitioner', practitioner) ?? []),
        ...locations.map(({ id }) => id ?? ''),
      ];
      return allEqual({ equal: ids.filter((id) => /^\d+$/.test(id)).length, of: ids.length }, 'ids');
    },
  },
];
