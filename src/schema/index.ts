import './builder/scalars.ts';
import './errors.ts';
import './practice/practice.ts';
import './site/site.ts';
import './practice/node.ts';
import './practice/viewer.ts';
import './clinic/location.ts';
import './patient/address.ts';
import './appointment/appointment.ts';
import './appointment/slot.ts';
import './patient/patient.ts';
import './user/user.ts';
import './user/session.ts';
import './site/pairing.ts';
import './appointment/booking.ts';
import './patient/patient-writes.ts';
import './user/user-writes.ts';
import './clinic/clinic-writes.ts';
import './sql/sql-result.ts';
import './sql/sql-query.ts';
import './sql/sql-registered.ts';
import './sql/sql-mutations.ts';
import { builder } from './builder/builder.ts';
import { noteReads } from './builder/reads.ts';

/** The whole schema. */
export const schema = noteReads(builder.toSchema({ sortSchema: false }));
