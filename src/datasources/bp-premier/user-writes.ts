import { OperationNotSupported } from '../../errors.ts';
import type { PracticeConnection } from '../practice-connection.ts';
import type { PracticeWrites } from '../practice-writes.ts';
import { type List, listOf, withList } from './change-element.ts';
import { takersNotKnown } from './not-known.ts';
import { readContact } from './read-address.ts';
import { refusedNotTaken, updateResource } from './update-resource.ts';
import { withContact } from './write-contact.ts';

/** Users by update of their Practitioner (F15). FHIR does not know who takes appointments. */
export function userWrites(connection: PracticeConnection): Pick<PracticeWrites, 'updateUser'> {
  return {
    async updateUser({ userId, email, phone, takesAppointments }) {
      if (takesAppointments !== undefined) {
        throw new OperationNotSupported(
          { operation: 'WRITE_USERS', pms: connection.pms },
          { message: takersNotKnown },
        );
      }
      await refusedNotTaken(
        updateResource(connection, 'Practitioner', userId, 'The practice has no such user.', (resource) => {
          const telecom = withPhone(listOf(resource, 'telecom'), phone);
          return withList(resource, 'telecom', withContact(telecom, { system: 'email' }, email));
        }),
      );
    },
  };
}

const atWork = { system: 'phone', use: 'work' } as const;
const withoutUse = { system: 'phone', use: null } as const;

/** The phone that is read as the user's: a private one is never touched. */
function withPhone(telecom: List, wanted: string | null | undefined): List {
  if (wanted === null) return withContact(withContact(telecom, atWork, null), withoutUse, null);
  const unnamed = readContact(telecom, atWork) === null && readContact(telecom, withoutUse) !== null;
  return withContact(telecom, unnamed ? withoutUse : atWork, wanted);
}
