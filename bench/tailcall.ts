/** The Tailcall peer: its program, its configuration, and its answers, which are FHIR's, in the form that all answers are compared in. */
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const program = 'bench/node_modules/@tailcallhq/core-linux-x64-gnu/bin/tailcall';

/** Whether npm installed Tailcall. Its package is for Linux on x64 with glibc. */
export const hasTailcall = (): boolean => existsSync(program);

/** The command that starts Tailcall on a port. Writes its configuration to the folder. */
export function tailcallCommand(upstream: string, place: string, port: number): readonly string[] {
  const config = join(place, `tailcall-${port}.graphql`);
  const template = readFileSync('bench/peers/tailcall.graphql', 'utf8');
  writeFileSync(config, template.replaceAll('BASE', upstream).replaceAll('PORT', String(port)));
  copyFileSync('bench/peers/tailcall.js', join(place, 'tailcall.js'));
  return [program, 'start', config];
}

interface HumanName {
  readonly use?: string | null;
  readonly family?: string | null;
  readonly given?: readonly string[] | null;
  readonly prefix?: readonly string[] | null;
}

interface Person {
  readonly id: string;
  readonly birthDate?: string | null;
  readonly name: readonly HumanName[] | null;
  readonly telecom?: readonly { readonly use: string | null; readonly value: string | null }[] | null;
}

interface Appointment {
  readonly id: string;
  readonly status: string;
  readonly start: string;
  readonly end: string;
  readonly minutesDuration: number;
  readonly description: string | null;
  readonly appointmentType: { readonly text: string } | null;
  readonly patient: Person | null;
  readonly user: Person | null;
}

interface Answer {
  readonly data: {
    readonly practice: {
      readonly appointments?: readonly Appointment[];
      readonly patients?: readonly { readonly resource: Person }[];
    };
  } | null;
  readonly errors?: unknown;
}

const statuses: Readonly<Record<string, string>> = {
  booked: 'BOOKED',
  arrived: 'ARRIVED',
  'checked-in': 'IN_CONSULTATION',
  fulfilled: 'FULFILLED',
  noshow: 'NO_SHOW',
  cancelled: 'CANCELLED',
};

/** A response of Tailcall as the other peers would have sent it. */
export function asPeerAnswer(text: string): string {
  const { data, errors } = JSON.parse(text) as Answer;
  if (!data || errors) return text;
  const { appointments, patients } = data.practice;
  const practice = appointments
    ? { appointments: appointments.map(appointmentOf) }
    : { patients: (patients ?? []).map(({ resource }) => patientOf(resource)) };
  return JSON.stringify({ data: { practice } });
}

function appointmentOf({ id, status, start, end, minutesDuration, ...rest }: Appointment): object {
  return {
    pmsId: id,
    start,
    end,
    durationMinutes: minutesDuration,
    status: statuses[status] ?? 'UNKNOWN',
    reason: rest.description,
    type: rest.appointmentType && { name: rest.appointmentType.text },
    patient: rest.patient && patientOf(rest.patient),
    user: rest.user && userOf(rest.user),
  };
}

function patientOf({ id, birthDate, name, telecom }: Person): object {
  const official = name?.find(({ use }) => use === 'official');
  return {
    pmsId: id,
    fullName: [official?.given?.[0], official?.family].filter(Boolean).join(' '),
    birthDate: birthDate ?? null,
    mobilePhone: telecom?.find(({ use }) => use === 'mobile')?.value ?? null,
  };
}

function userOf({ id, name }: Person): object {
  const [first] = name ?? [];
  const parts = [...(first?.prefix ?? []), ...(first?.given ?? []), first?.family];
  return { pmsId: id, displayName: parts.filter(Boolean).join(' ') };
}
