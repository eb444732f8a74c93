/**
 * A cursor holds the sort key of an entry, so that entries inserted around it do not shift the page. Own code: the cursors of
 * Pothos's relay plugin and of graphql-relay are offsets.
 */
import { z } from 'zod';
import type { Appointment, AppointmentKey } from '../datasources/domain/appointment.ts';
import type { User } from '../datasources/domain/user.ts';
import { isPmsId } from '../datasources/practice/practice.ts';
import { isLocalDate, wallDate, wallSeconds } from '../time/local.ts';

const pmsId = z.string().refine(isPmsId);
const appointmentKey = z.tuple([z.string().refine(isLocalDate), z.int().min(0).max(172_800), pmsId]);
const userKey = z.tuple([z.literal('users'), z.string(), z.string(), pmsId]);

const encode = (key: readonly unknown[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

function decode<T>(schema: z.ZodType<T>, cursor: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}

export const appointmentCursor = {
  encode: ({ start, pmsId: id }: Pick<Appointment, 'start' | 'pmsId'>): string =>
    encode([wallDate(start), wallSeconds(start), id]),
  decode(cursor: string): AppointmentKey | undefined {
    const key = decode(appointmentKey, cursor);
    return key && { date: key[0], seconds: key[1], pmsId: key[2] };
  },
};

/** Holds the list and the id only. Cursors end up in URLs and logs, so they must not hold a patient's name. */
function idCursor(list: string) {
  const key = z.tuple([z.literal(list), pmsId]);
  return {
    encode: ({ pmsId: id }: { readonly pmsId: string }): string => encode([list, id]),
    decode: (cursor: string): string | undefined => decode(key, cursor)?.[1],
  };
}

export const patientCursor = idCursor('patients');
export const locationCursor = idCursor('locations');

export type UserKey = Pick<User, 'lastName' | 'firstName' | 'pmsId'>;

export const userCursor = {
  encode: ({ lastName, firstName, pmsId: id }: UserKey): string =>
    encode(['users', lastName ?? '', firstName ?? '', id]),
  decode(cursor: string): UserKey | undefined {
    const key = decode(userKey, cursor);
    return key && { lastName: key[1], firstName: key[2], pmsId: key[3] };
  },
};
