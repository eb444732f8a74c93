/** Words that sites, practices and errors share. */

import type * as domain from '../../datasources/domain/index.ts';
import type { SiteAvailability as Availability } from '../../datasources/halo-cloud/halo-session.ts';
import { enumOf } from '../builder/enum.ts';

export const PracticeManagementSystem = enumOf<domain.PracticeManagementSystem>(
  'PracticeManagementSystem',
  'The software that a practice runs its business with.',
  {
    BEST_PRACTICE: 'Bp Premier. Its PMS id is the Bp Site ID.',
    ZEDMED: 'Zedmed. Its PMS id is the Zedmed Database ID.',
    D4W: 'Dental4Windows. Its PMS id is the Centaur CRN.',
  },
);

export const SiteAvailability = enumOf<Availability>(
  'SiteAvailability',
  'What Halo Cloud says of the connection to a site. It may lag about two minutes behind.',
  {
    ONLINE: 'Halo Link was heard from within the last two minutes.',
    OFFLINE: 'Halo Link has closed its session.',
    UNREACHABLE: 'Halo Link has not been heard from for two minutes.',
  },
);

export const DataSource = enumOf<domain.DataSource>(
  'DataSource',
  'A way to ask a practice through Halo Cloud.',
  {
    BP_PREMIER: 'The Bp Premier API: FHIR R4 over REST.',
    SQL_PASSTHROUGH: "SQL Passthrough: statements on the practice's database.",
  },
);

export const PracticeOperation = enumOf<domain.PracticeOperation>(
  'PracticeOperation',
  'What a practice can be asked to do, in the steps in which sources serve it.',
  {
    READ_APPOINTMENTS: 'Read the appointment book and the kinds of appointments.',
    BOOK_APPOINTMENTS: 'Book, move, change, cancel and arrive appointments.',
    FIND_SLOTS: 'Find free times.',
    READ_PATIENTS: 'Find and read patients.',
    WRITE_PATIENTS: 'Add and change patients.',
    READ_USERS: 'Read users, their sessions and absences.',
    WRITE_USERS: 'Change users and their absences.',
    READ_CLINIC_HOURS: 'Read locations, opening hours and days closed.',
    WRITE_CLINIC_HOURS: 'Change opening hours and days closed.',
  },
);

export const DayOfWeek = enumOf<domain.DayOfWeek>('DayOfWeek', 'A day of the week, as the practice has it.', {
  MONDAY: 'Monday, the first of a week.',
  TUESDAY: 'Tuesday.',
  WEDNESDAY: 'Wednesday.',
  THURSDAY: 'Thursday.',
  FRIDAY: 'Friday.',
  SATURDAY: 'Saturday.',
  SUNDAY: 'Sunday.',
});
