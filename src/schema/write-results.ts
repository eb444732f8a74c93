/** What mutations answer: the thing as it is now, or a HaloError that can happen there. */
import {
  AccessDenied,
  InvalidInput,
  NotFound,
  OutcomeUnknown,
  RateLimited,
  SlotTaken,
  UpstreamFailed,
} from '../errors.ts';
import type { SitePayload } from '../resolvers/pair-site.ts';
import type { AppointmentPayload } from '../resolvers/read-back.ts';
import { builder } from './builder.ts';
import { AppointmentRef, SiteRef } from './refs.ts';
import { readingOne } from './results.ts';

/** All that can happen to a read can happen to a write: what it names is read first, and the outcome after. */
const changing = [OutcomeUnknown, ...readingOne];
const takingTime = [SlotTaken, ...changing];
const pairing = [AccessDenied, RateLimited, InvalidInput, NotFound, UpstreamFailed];

const description = 'The change was made, or why not. Spread `... on HaloError` for what all failures share.';

function appointmentResult(verb: string, what: string, errors: readonly (typeof takingTime)[number][]) {
  const name = `${verb}AppointmentPayload`;
  const payload = builder.objectRef<AppointmentPayload>(name).implement({
    description: `${what}, as the practice now has it.`,
    fields: (t) => ({
      appointment: t.field({
        type: AppointmentRef,
        nullable: false,
        description: 'Read from the practice after the change; nothing in it is echoed.',
        resolve: ({ appointment }) => appointment,
      }),
    }),
  });
  return builder.errorUnion(`${verb}AppointmentResult`, {
    description,
    types: [payload, ...errors],
    resolveType: () => name,
  });
}

export const BookAppointmentResult = appointmentResult('Book', 'The new appointment', takingTime);
export const UpdateAppointmentResult = appointmentResult('Update', 'The changed appointment', takingTime);
export const MoveAppointmentResult = appointmentResult('Move', 'The moved appointment', takingTime);
export const CancelAppointmentResult = appointmentResult('Cancel', 'The cancelled appointment', changing);
export const ArriveAppointmentResult = appointmentResult(
  'Arrive',
  'The appointment with its arrival',
  changing,
);

const PairSitePayload = builder.objectRef<SitePayload>('PairSitePayload').implement({
  description: 'The site that now answers.',
  fields: (t) => ({
    site: t.field({
      type: SiteRef,
      nullable: false,
      description: 'The site as Halo Cloud describes it after the pairing.',
      resolve: ({ site }) => site,
    }),
  }),
});
export const PairSiteResult = builder.errorUnion('PairSiteResult', {
  description,
  types: [PairSitePayload, ...pairing],
  resolveType: () => 'PairSitePayload',
});
