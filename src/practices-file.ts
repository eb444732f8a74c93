/** Reads `PRACTICES_FILE`: the recorded practices and their settings. */
import { z } from 'zod';
import type { AppointmentStatus } from './datasources/domain/appointment.ts';
import type { CodeOverrides } from './datasources/domain/code-overrides.ts';
import { patientStatuses, sexes } from './datasources/domain/patient.ts';
import type { TimeZone } from './time/types.ts';

/** A practice that the operator recorded at onboarding. */
export interface RegisteredPractice {
  readonly bpSiteId: string;
  /** The name that Halo Cloud reports. When the Halo GUID changes, the new site must have the same name. */
  readonly name?: string | undefined;
  readonly timeZone?: TimeZone | undefined;
  /** The GUID from onboarding. It saves the first look-up. */
  readonly haloGuid?: string | undefined;
  readonly codeOverrides?: CodeOverrides | undefined;
}

const code = z.int().min(-2_147_483_648).max(2_147_483_647);
/** One spelling for each number: `01` beside the assumed `1` would give the code two meanings. */
const codeName = z
  .string()
  .regex(/^(0|-?[1-9]\d{0,9})$/, 'must be a number in quotes without leading zeros, e.g. "14"');
const textName = z.string().trim().min(1);

/** There is no code for cancelled, because `RECORDSTATUS` shows it. */
const codeMeanings = [
  'BOOKED',
  'ARRIVED',
  'IN_CONSULTATION',
  'FULFILLED',
  'NO_SHOW',
  'UNKNOWN',
  'BLOCKED',
] as const satisfies readonly (AppointmentStatus | 'BLOCKED')[];

const codeOverridesSchema: z.ZodType<CodeOverrides> = z.strictObject({
  liveRecordStatuses: z
    .array(code)
    .refine((statuses) => statuses.includes(1), 'must contain 1, which is a current record')
    .optional(),
  appointmentStatuses: z.record(codeName, z.enum(codeMeanings)).optional(),
  appointmentTypeLengthUnit: z.enum(['seconds', 'minutes']).optional(),
  patientStatuses: z.record(textName, z.enum(patientStatuses)).optional(),
  sexes: z.record(textName, z.enum(sexes)).optional(),
  userStatuses: z.record(codeName, z.enum(['ACTIVE', 'INACTIVE', 'HIDDEN'])).optional(),
  standardAppointmentType: code.optional(),
  removedRecordStatus: code
    .refine((status) => status !== 1, 'must not be 1, which is a current record')
    .optional(),
});

const practicesSchema = z.array(
  z.strictObject({
    bpSiteId: z.string().trim().min(1),
    name: z.string().min(1).optional(),
    timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone, e.g. Australia/Adelaide').optional(),
    haloGuid: z.guid('must be a Halo GUID').optional(),
    codeOverrides: codeOverridesSchema.optional(),
  }),
);

/** Adds a line for each fault, with its place in the file. */
export function practicesIn(text: string, faults: string[]): readonly RegisteredPractice[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    faults.push('PRACTICES_FILE: is not JSON.');
    return [];
  }
  const parsed = practicesSchema.safeParse(json);
  if (!parsed.success) {
    faults.push(...parsed.error.issues.map((issue) => `PRACTICES_FILE: ${faultLine(issue)}`));
    return [];
  }
  const ids = parsed.data.map(({ bpSiteId }) => bpSiteId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) faults.push(`PRACTICES_FILE: bpSiteId ${twice} occurs twice.`);
  const guids = parsed.data.flatMap(({ haloGuid }) => haloGuid?.toLowerCase() ?? []);
  const shared = guids.find((guid, index) => guids.indexOf(guid) !== index);
  // A GUID is one database. Two practices with the same GUID would read each other's patients.
  if (shared !== undefined) faults.push(`PRACTICES_FILE: haloGuid ${shared} belongs to two practices.`);
  return parsed.data;
}

/** The variable or path, and its fault. The line never contains the value, which may be a secret. */
export function faultLine(issue: {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}): string {
  return `${issue.path.map(String).join('.') || 'it'}: ${issue.message}.`;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-AU', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
