import { listLimits, pageLimits } from '../../resolvers/limits.ts';
import { argumentTexts as texts } from '../builder/args.ts';
import { builder } from '../builder/builder.ts';
import { AppointmentStatus } from './appointment.ts';

const { byDefault, max } = pageLimits.appointments;

/** The arguments of every page of appointments. */
export const appointmentPageArgs = builder.args((t) => ({
  status: t.field({ type: [AppointmentStatus], maxItems: listLimits.statuses, description: texts.status }),
  first: t.int({ description: texts.first(byDefault, max) }),
  after: t.string({ description: texts.after }),
}));
