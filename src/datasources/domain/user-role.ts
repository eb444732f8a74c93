import type { UserRole } from './user.ts';

/** First match wins: a nurse manager is a nurse, a doctor's receptionist a receptionist. */
const rolesByWord: readonly (readonly [RegExp, UserRole])[] = [
  [/\b(nurse|midwife)/, 'NURSE'],
  [/\b(reception|receptionist|front desk|secretary)\b/, 'RECEPTIONIST'],
  [/\bmanager\b/, 'PRACTICE_MANAGER'],
  [
    /allied|therap|psycholog|diet|nutrition|podiatr|audiolog|optom|orthoptist|chiropract|osteopath|exercise|physio|speech|social worker|educator|counsellor|pharmacist|sonograph|radiograph|health worker|health practitioner|acupunct/,
    'ALLIED_HEALTH',
  ],
  [
    /\b(doctor|dr|gp|general practitioner|registrar|locum|physician|surgeon|specialist|psychiatrist|medical officer|medical practitioner|intensivist|allergist|obstetrician|geriatrician|pa?ediatrician|ana?esthetist|ana?esthesiologist)\b/,
    'DOCTOR',
  ],
  [
    /(cardi|path|radi|dermat|neur|onc|ur|gyna?ec|ophthalm|rheumat|endocrin|gastroenter|hepat|ha?emat|immun|nephr|pulmon|neonat|laryng|geront|toxic|venere|andr)olog/,
    'DOCTOR',
  ],
];

/**
 * A user's role, from the words of the PMS's user category (`USERGROUPS.GROUPNAME`: "Principal Doctor", "Practice
 * Nurse"). The numbers of the categories are not public (assumption B6). Without a known word, or without a category,
 * the role is `OTHER`.
 */
export function roleOfUserCategory(groupName: string | null): UserRole {
  if (groupName === null) return 'OTHER';
  const words = groupName.toLowerCase();
  return rolesByWord.find(([pattern]) => pattern.test(words))?.[1] ?? 'OTHER';
}
