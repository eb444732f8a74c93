import { bookLines, bookReadings } from './book-lines.ts';
import { catalogueReadings, databaseLines, keyReadings } from './database-lines.ts';
import { fhirLines, fhirReadings } from './fhir-lines.ts';
import type { Line } from './line.ts';
import { peopleLines, peopleReadings } from './people-lines.ts';
import { procedureLines, procedureReadings } from './procedure-lines.ts';
import type { Reading } from './reading.ts';
import { registeredLines } from './registered-lines.ts';
import { rosterLines, rosterReadings } from './roster-lines.ts';
import { siteLines } from './site-lines.ts';

/** Everything that `confirm` tests. */
export const everyLine: readonly Line[] = [
  ...siteLines,
  ...databaseLines,
  ...bookLines,
  ...peopleLines,
  ...rosterLines,
  ...procedureLines,
  ...fhirLines,
  ...registeredLines,
];

/** The first statement: it names no table of the practice. */
export const firstReadings: readonly Reading[] = [...catalogueReadings, ...procedureReadings];

/** The second statement: counts in the tables that the login may read. */
export const secondReadings: readonly Reading[] = [
  ...bookReadings,
  ...peopleReadings,
  ...rosterReadings,
  ...keyReadings,
  ...fhirReadings,
];
