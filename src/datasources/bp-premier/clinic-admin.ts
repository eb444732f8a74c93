import { OperationNotSupported } from '../../errors.ts';
import { daysOfWeek } from '../../time/local.ts';
import type { ClinicWeek } from '../domain/clinic.ts';
import type { FhirResource } from '../halo-cloud/practice-connection.ts';
import type { Site } from './places.ts';
import { elements } from './read-element.ts';
import { mergePeriods, readDays, readPeriod } from './read-week.ts';
import { idOf, readResources } from './references.ts';

// Rests on assumption F6.

/**
 * The recorded week of every location that has one (F6). Throws OperationNotSupported when none has: then the FHIR server does
 * not record hours. It does not mean that the practice is never open.
 */
export async function findClinicHours(site: Site): Promise<readonly ClinicWeek[]> {
  const { resources } = await site.places();
  const recorded = resources.filter((resource) => elements(resource.hoursOfOperation).length > 0);
  if (recorded.length === 0) {
    throw new OperationNotSupported(
      { operation: 'READ_CLINIC_HOURS', pms: site.connection.pms },
      { message: "This practice's server does not provide opening hours." },
    );
  }
  return readResources(site.connection, recorded, readWeek);
}

function readWeek(resource: FhirResource): ClinicWeek {
  const open = elements(resource.hoursOfOperation).flatMap((entry) => {
    const period = readPeriod(entry, 'openingTime', 'closingTime');
    return period === null ? [] : readDays(entry).map((day) => ({ day, period }));
  });
  return {
    locationId: idOf(resource),
    source: 'RECORDED',
    week: daysOfWeek().map((day) => ({
      day,
      periods: mergePeriods(open.filter((each) => each.day === day).map(({ period }) => period)),
    })),
  };
}
