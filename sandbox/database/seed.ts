import type { PracticeSpec } from '../practices.ts';
import { seededRandom } from './random.ts';
import { seedAppointments } from './seed-appointments.ts';
import { seedLocations } from './seed-locations.ts';
import { seedLookups } from './seed-lookups.ts';
import { seedPatients } from './seed-patients.ts';
import { drawRosters, seedRosters } from './seed-rosters.ts';
import { seedUsers } from './seed-users.ts';
import { hireStaff } from './staff.ts';

/** All INSERT statements of a practice's database. Each part has its own random generator, so that a change in one part does not change another. */
export function seedPractice(practice: PracticeSpec, today: string): string[] {
  const random = (part: string) => seededRandom(`${practice.bpSiteId} ${part}`);
  const staff = hireStaff(practice, random('staff'));
  const rosters = drawRosters(practice, staff, today);
  const { statements, patients } = seedPatients(practice, staff, today, random('patients'));
  return [
    ...seedLookups(practice),
    ...seedLocations(practice),
    ...seedUsers(practice, staff, today, random('users')),
    ...seedRosters(rosters),
    ...statements,
    ...seedAppointments({
      practice,
      staff,
      rosters,
      patients: patients.filter(
        ({ RECORDSTATUS, PATIENTSTATUS }) => RECORDSTATUS === 1 && PATIENTSTATUS === 1,
      ),
      today,
      random: random('appointments'),
    }),
  ];
}
