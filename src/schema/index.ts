import './scalars.ts';
import './errors.ts';
import './practice.ts';
import './site.ts';
import './node.ts';
import './viewer.ts';
import './location.ts';
import './address.ts';
import './appointment.ts';
import './slot.ts';
import './patient.ts';
import './user.ts';
import './session.ts';
import './pairing.ts';
import './booking.ts';
import './patient-writes.ts';
import './user-writes.ts';
import './clinic-writes.ts';
import './sql-result.ts';
import './sql-query.ts';
import './sql-registered.ts';
import './sql-mutations.ts';
import { builder } from './builder.ts';
import { noteReads } from './reads.ts';

/** The whole schema. */
export const schema = noteReads(builder.toSchema({ sortSchema: false }));
