import type { PracticeSpec } from '../practices.ts';
import { addDays, dateTime } from './dates.ts';
import { insertRows } from './insert.ts';
import { landline, mobile } from './phones.ts';
import type { Random } from './random.ts';
import { userGroups } from './seed-lookups.ts';
import type { StaffMember } from './staff.ts';

const created = '2019-07-01T09:00:00';

function providerNumber(random: Random): string {
  return `${random.between(100_000, 999_999)}${random.pick(['1', 'A', 'F'])}${random.pick(['X', 'T', 'L', 'K'])}`;
}

/** USERS and PROVIDER_LOCATION. Both hold the provider number of the usual location. */
export function seedUsers(
  practice: PracticeSpec,
  staff: readonly StaffMember[],
  today: string,
  random: Random,
): string[] {
  const area = practice.locations[0]?.phone.slice(1, 3) ?? '02';
  const providers: {
    RECORDID: number;
    RECORDSTATUS: number;
    USERID: number;
    LOCATIONID: number;
    PROVIDERNUMBER: string;
    CREATED: string;
  }[] = [];
  const users = staff.map((member) => {
    const clinical = member.clinician >= 0;
    const usual = clinical ? providerNumber(random) : null;
    for (const { id } of clinical ? practice.locations : []) {
      providers.push({
        RECORDID: providers.length + 1,
        RECORDSTATUS: 1,
        USERID: member.userId,
        LOCATIONID: id,
        PROVIDERNUMBER: id === member.locationId && usual ? usual : providerNumber(random),
        CREATED: created,
      });
    }
    return {
      USERID: member.userId,
      RECORDSTATUS: member.recordStatus,
      USERSTATUS: member.userStatus,
      LOCATIONID: member.locationId,
      GROUPCODE: userGroups.indexOf(member.group) + 1,
      TITLECODE: member.title,
      SURNAME: member.surname,
      FIRSTNAME: member.firstName,
      PASSWORD: 'not-a-pass',
      PROVIDERNO: usual,
      PHONE: clinical ? landline(random, area) : null,
      MOBILEPHONE: mobile(random),
      EMAIL: random.chance(0.85) ? `${member.firstName}.${member.surname}@example.com`.toLowerCase() : null,
      INACTIVEDATE: member.userStatus === 2 ? dateTime(addDays(today, -200)) : null,
      APPOINTMENTS: member.takesAppointments ? 1 : 0,
      CREATED: created,
      CREATEDBY: 1,
    };
  });
  return [...insertRows('USERS', users), ...insertRows('PROVIDER_LOCATION', providers)];
}
