/** Enums that sites, practices and errors share. */

import type * as domain from '../../datasources/domain/index.ts';
import type { SiteAvailability as Availability } from '../../datasources/halo-cloud/halo-session.ts';
import { enumOf } from '../builder/enum.ts';

export const PracticeManagementSystem = enumOf<domain.PracticeManagementSystem>(
  'PracticeManagementSystem',
  'The practice management software.',
  {
    BEST_PRACTICE: 'Bp Premier. Its PMS id is the Bp Site ID.',
    ZEDMED: 'Zedmed. Its PMS id is the Zedmed Database ID.',
    D4W: 'Dental4Windows. Its PMS id is the Centaur CRN.',
  },
);

export const SiteAvailability = enumOf<Availability>(
  'SiteAvailability',
  'The state of the connection between Halo Cloud and a site. It can be about two minutes old.',
  {
    ONLINE: 'Halo Cloud received a heartbeat from Halo Link within the last two minutes.',
    OFFLINE: 'Halo Link has closed its session with Halo Cloud.',
    UNREACHABLE: 'Halo Cloud has received no heartbeat from Halo Link for two minutes.',
  },
);

export const DataSource = enumOf<domain.DataSource>(
  'DataSource',
  "An interface of Halo Cloud through which a practice's data is read and changed.",
  {
    BP_PREMIER: 'The Bp Premier API: FHIR R4 over REST.',
    SQL_PASSTHROUGH: "SQL Passthrough: SQL statements that run on the practice's database.",
  },
);

export const PracticeOperation = enumOf<domain.PracticeOperation>(
  'PracticeOperation',
  'A group of operations that a source supports or does not support.',
  {
    READ_APPOINTMENTS: 'Read the appointment book and the types of appointments.',
    BOOK_APPOINTMENTS: 'Book, move, change and cancel appointments, and record arrivals.',
    FIND_SLOTS: 'Find free slots.',
    READ_PATIENTS: 'Search for and read patients.',
    WRITE_PATIENTS: 'Add and change patients.',
    READ_USERS: 'Read users, their sessions and absences.',
    WRITE_USERS: 'Change users and their absences.',
    READ_CLINIC_HOURS: 'Read locations, opening hours and closures.',
    WRITE_CLINIC_HOURS: 'Change opening hours and closures.',
  },
);

export const DayOfWeek = enumOf<domain.DayOfWeek>(
  'DayOfWeek',
  "A day of the week, in the practice's calendar.",
  {
    MONDAY: 'Monday, the first day of the week.',
    TUESDAY: 'Tuesday.',
    WEDNESDAY: 'Wednesday.',
    THURSDAY: 'Thursday.',
    FRIDAY: 'Friday.',
    SATURDAY: 'Saturday.',
    SUNDAY: 'Sunday.',
  },
);
