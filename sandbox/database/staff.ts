import type { PracticeSpec } from '../practices.ts';
import { firstNames, surnames } from './names.ts';
import type { Random } from './random.ts';
import type { userGroups } from './seed-lookups.ts';

export interface StaffMember {
  readonly userId: number;
  readonly group: (typeof userGroups)[number];
  readonly title: number;
  readonly firstName: string;
  readonly surname: string;
  readonly recordStatus: number;
  readonly userStatus: number;
  readonly takesAppointments: boolean;
  /** Usual location. */
  readonly locationId: number;
  /** Where among the practice's clinicians: decides the roster. -1 for all others. */
  readonly clinician: number;
}

const doctorGroups = ['Principal Doctor', 'Employee Doctor', 'Contract Doctor', 'Registrar'] as const;

/** User ids are not small at real sites: every second one is large. */
function userId(index: number): number {
  return index % 2 === 0 ? index + 2 : 2_000_000_552 + index;
}

/** The users of a practice: doctors first, then other clinicians, then the front desk and former users. */
export function hireStaff(practice: PracticeSpec, random: Random): StaffMember[] {
  if (practice.doctors === 0) return [];
  const big = practice.doctors >= 6;
  const groups: StaffMember['group'][] = [
    ...Array.from({ length: practice.doctors }, (_, index) => doctorGroups[index % 4] ?? 'Employee Doctor'),
    ...(practice.chain ? [] : (['Practice Nurse', 'Physiotherapist'] as const)),
    ...(big ? (['Practice Nurse', 'Psychologist'] as const) : []),
  ];
  const clinicians = groups.length;
  groups.push('Receptionist', 'Practice Manager');
  if (!practice.chain)
    groups.push('Senior Receptionist', 'Employee Doctor', 'Receptionist', 'Employee Doctor');
  const given = random.shuffled(firstNames);
  const family = random.shuffled(surnames);
  return groups.map((group, index) => {
    // The last three users of an independent practice: left, invalid, deleted.
    const fromEnd = practice.chain ? 0 : groups.length - index;
    return {
      userId: userId(index),
      group,
      title: index < practice.doctors ? 6 : random.pick([1, 2, 3, 8]),
      firstName: given[index] ?? '',
      surname: family[index] ?? '',
      recordStatus: fromEnd === 1 ? 0 : 1,
      userStatus: fromEnd === 3 ? 2 : fromEnd === 2 ? 999 : index === 2 && index < clinicians ? 3 : 1,
      takesAppointments: index < clinicians,
      locationId: practice.locations[index % practice.locations.length]?.id ?? 1,
      clinician: index < clinicians ? index : -1,
    };
  });
}
