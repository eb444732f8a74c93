import { OperationNotSupported } from '../../errors.ts';
import type { LocalDate } from '../../time/types.ts';
import type { PracticeConnection } from '../halo-cloud/practice-connection.ts';
import type { WriteBounds } from '../practice/source-adapter.ts';
import type { PracticeWrites } from '../practice/write-port.ts';
import { type List, listOf, withList } from './change-element.ts';
import { todayOf } from './current-entry.ts';
import { takersNotKnown } from './not-known.ts';
import { readContact } from './read-contact.ts';
import { refusedNotTaken, updateResource } from './update-resource.ts';
import { withContact } from './write-contact.ts';

// Rests on assumption F15.

/** An update is two calls: a read and a write. */
export const userWriteBounds = {
  updateUser: { calls: 2 },
} as const satisfies Partial<WriteBounds>;

/** Changes users by updating their Practitioner (F15). FHIR does not say which users take appointments. */
export function userWrites(connection: PracticeConnection): Pick<PracticeWrites, 'updateUser'> {
  return {
    async updateUser({ userId, email, phone, takesAppointments }) {
      if (takesAppointments !== undefined) {
        throw new OperationNotSupported(
          { operation: 'WRITE_USERS', pms: connection.pms },
          { message: takersNotKnown },
        );
      }
      const today = todayOf(connection);
      await refusedNotTaken(
        updateResource(connection, 'Practitioner', userId, 'The practice has no such user.', (resource) => {
          const telecom = withPhone(listOf(resource, 'telecom'), phone, today);
          return withList(resource, 'telecom', withContact(telecom, 'email', email, today));
        }),
      );
    },
  };
}

/** Changes the phone that `readContact` finds for a user. A private phone is never changed. */
function withPhone(telecom: List, wanted: string | null | undefined, today: LocalDate): List {
  if (wanted === null) {
    return withContact(withContact(telecom, 'workPhone', null, today), 'phoneWithoutUse', null, today);
  }
  const unnamed =
    readContact(telecom, 'workPhone', today) === null &&
    readContact(telecom, 'phoneWithoutUse', today) !== null;
  return withContact(telecom, unnamed ? 'phoneWithoutUse' : 'workPhone', wanted, today);
}
