import { type HaloErrorCode, haloErrorTable } from '../../error-codes.ts';
import type { HaloError } from '../../errors.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';

const codes = Object.keys(haloErrorTable) as HaloErrorCode[];

export const HaloErrorCodeEnum = enumOf<HaloErrorCode>(
  'HaloErrorCode',
  'The code of a failure. The same codes appear in `errors[].extensions.code` if a nullable field fails. docs/errors has a page for each code.',
  Object.fromEntries(codes.map((code) => [code, haloErrorTable[code].message])) as Record<
    HaloErrorCode,
    string
  >,
);

const HaloErrorInterface = builder.interfaceRef<HaloError>('HaloError').implement({
  description: 'A failure as data. All error types in a result union implement this interface.',
  fields: (t) => ({
    message: t.exposeString('message', {
      nullable: false,
      description: 'Text for the person using the app. It never contains server names, SQL or patient data.',
    }),
    code: t.expose('code', {
      type: HaloErrorCodeEnum,
      nullable: false,
      description: 'The kind of failure. Base decisions on it, never on `message`.',
    }),
    retryable: t.exposeBoolean('retryable', {
      nullable: false,
      description:
        'True if a retry may succeed. Wait `retryAfterSeconds` first if the error has it. After `AuthoritativeServerChanged`, retry with the Bp Site ID or `currentHaloGuid`.',
    }),
  }),
});

/** The interfaces of every error type. */
export const interfaces = [HaloErrorInterface];

/** Reasons for deprecated field names. Another type of the same union has a field of the old name with another type. */
export const clashes = {
  haloGuid:
    'Use `requestedHaloGuid`. `Site.haloGuid` is non-null, so one selection cannot contain both fields.',
  bpSiteId:
    'Use `requestedBpSiteId`. `Practice.bpSiteId` is non-null, so one selection cannot contain both fields.',
  reason:
    'Use `deniedBecause`. `Appointment.reason` has another type, so one selection cannot contain both fields.',
  queryId: 'Use `asyncQueryId`. `SqlQuery.queryId` is non-null, so one selection cannot contain both fields.',
};
