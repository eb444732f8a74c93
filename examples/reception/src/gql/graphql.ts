/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Progress of an appointment. `pmsStatus` holds the more detailed status of the PMS. */
export type AppointmentStatus =
  /** The patient is in the waiting room. */
  | 'ARRIVED'
  /** Booked; the patient has not arrived yet. */
  | 'BOOKED'
  /** Cancelled. Lists leave these out unless the `status` argument names this value. */
  | 'CANCELLED'
  /** The consultation is over. It may or may not be billed yet. */
  | 'FULFILLED'
  /** The patient is with the user. */
  | 'IN_CONSULTATION'
  /** The patient did not come. */
  | 'NO_SHOW'
  /** The PMS holds a status that this API does not know: see `pmsStatus`. */
  | 'UNKNOWN';

/** An arrival to record or to undo. */
export type ArriveAppointmentInput = {
  /** The appointment: its PMS id or its global id. */
  appointmentId: string;
  /** True: the patient is in the waiting room. False: undo the arrival; the status is `BOOKED` again. */
  arrived?: boolean;
  /** The practice: its Bp Site ID or its global id. */
  bpSiteId: string;
};

/** An appointment to book. */
export type BookAppointmentInput = {
  /** The practice: its Bp Site ID or its global id. */
  bpSiteId: string;
  /** Length in minutes, from 1 to 1440. If omitted, the default length of the type, or one slot of the session if the type has none. */
  durationMinutes?: number | null | undefined;
  /** A unique text that you generate for each booking, such as a UUID, at most 200 characters. Repeated requests with the same key and the same input within 24 hours make the change only once and return the same result. Always send a key. */
  idempotencyKey?: string | null | undefined;
  /** The location: the PMS id or the global id. If omitted, the location of the user's session at that time. */
  locationId?: string | null | undefined;
  /** The patient: the PMS id or the global id. Inactive and deceased patients are `InvalidInput`. */
  patientId: string;
  /** Reason for the visit, at most 500 characters. Handle it as clinical information. */
  reason?: string | null | undefined;
  /** Start time with a UTC offset. Any offset is accepted; it is converted to the practice's local time. It must be a start time of the user that `availableSlots` lists, or would list if it were free. From now to 731 days (two years) from now. */
  start: string;
  /** The type of appointment: the PMS id or the global id. If omitted, the standard type of the PMS. */
  typeId?: string | null | undefined;
  /** The user who sees the patient: the PMS id or the global id. */
  userId: string;
};

/** An appointment to cancel. */
export type CancelAppointmentInput = {
  /** The appointment: its PMS id or its global id. */
  appointmentId: string;
  /** The practice: its Bp Site ID or its global id. */
  bpSiteId: string;
};

/** Why there is no free slot in the range. */
export type EmptyReason =
  /** There would be sessions, but the practice is closed on these days. */
  | 'CLINIC_CLOSED'
  /** There are sessions, but all of their time is booked or reserved for same-day bookings. */
  | 'FULLY_BOOKED'
  /** No user or location matches the arguments, or no session is long enough for `durationMinutes`. */
  | 'NO_MATCH'
  /** No user has a session in the range, or today's sessions are over. */
  | 'NO_SESSION'
  /** There would be sessions, but the users are away on these days. */
  | 'USER_AWAY';

/** The code of a failure. The same codes appear in `errors[].extensions.code` if a nullable field fails. docs/errors has a page for each code. */
export type HaloErrorCode =
  /** Access to this practice was denied. */
  | 'ACCESS_DENIED'
  /** This practice has moved to another server. Try again. */
  | 'AUTHORITATIVE_SERVER_CHANGED'
  /** Some of the input is invalid. */
  | 'INVALID_INPUT'
  /** Not found. */
  | 'NOT_FOUND'
  /** This practice does not support this. */
  | 'OPERATION_NOT_SUPPORTED'
  /** It is not known whether the change was made. Try again. The change is never made twice. */
  | 'OUTCOME_UNKNOWN'
  /** The practice's database rejected the request. */
  | 'PMS_ERROR'
  /** The server of this practice now reports a different practice name. No data was read. Contact support. */
  | 'PRACTICE_IDENTITY_CHANGED'
  /** The practice did not respond in time. Try again, or request less. */
  | 'QUERY_TIMED_OUT'
  /** Too many requests. Wait a moment and try again. */
  | 'RATE_LIMITED'
  /** The result has expired. Run the query again. */
  | 'RESULT_EXPIRED'
  /** The result is too large. Choose a shorter range. */
  | 'RESULT_TOO_LARGE'
  /** The practice's server cannot be reached at the moment. Try again later. */
  | 'SITE_UNAVAILABLE'
  /** This time is no longer free. Choose another one. */
  | 'SLOT_TAKEN'
  /** The request to the practice failed. Try again later. */
  | 'UPSTREAM_FAILED';

/** The new time, user or location of an appointment. Give at least one of them. Fields that are omitted or null stay unchanged. */
export type MoveAppointmentInput = {
  /** The appointment: its PMS id or its global id. */
  appointmentId: string;
  /** The practice: its Bp Site ID or its global id. */
  bpSiteId: string;
  /** The new location: the PMS id or the global id. If omitted, the location of the user's session at that time; the current location if the user has sessions at several. */
  locationId?: string | null | undefined;
  /** Start time with a UTC offset. Any offset is accepted; it is converted to the practice's local time. It must be a start time of the user that `availableSlots` lists, or would list if it were free. From now to 731 days (two years) from now. */
  start?: string | null | undefined;
  /** The new user: the PMS id or the global id. */
  userId?: string | null | undefined;
};

/** Search criteria. Give at least one. A patient must match all of them. Blank criteria are ignored. */
export type PatientSearch = {
  /** Date of birth, `YYYY-MM-DD`. From 1753-01-01 to 9999-12-30. */
  birthDate?: string | null | undefined;
  /** The complete email address. Case is ignored. */
  email?: string | null | undefined;
  /** The ten digits of the Medicare card. An eleventh digit (the reference number) is ignored. */
  medicareNumber?: string | null | undefined;
  /** One or more words. Each must be the beginning of a word in the patient's first, middle, preferred or last name. Order, case, accents, apostrophes and punctuation are ignored. If more than 500 patients have a matching last name, they are listed before the others. */
  name?: string | null | undefined;
  /** Home, work or mobile number, at least 6 digits. Spaces, +61, 0011 and `(0)` are accepted. */
  phone?: string | null | undefined;
  /** PMS ids or global ids of patients. Unknown ids match nothing. At most 500 ids. */
  pmsIds?: Array<string> | null | undefined;
};

/** Whether the patient still comes to the practice. */
export type PatientStatus =
  /** The patient comes to the practice. */
  | 'ACTIVE'
  /** The patient is recorded as deceased. */
  | 'DECEASED'
  /** The practice has marked the patient as inactive. */
  | 'INACTIVE';

export type PracticesQueryVariables = Exact<{ [key: string]: never; }>;


export type PracticesQuery = { viewer: { practices: Array<{ id: string, bpSiteId: string, name: string | null }> } };

export type ColumnsQueryVariables = Exact<{
  bpSiteId: string;
}>;


export type ColumnsQuery = { viewer: { practice: { id: string, name: string | null, timeZone: string, usersConnection: { nodes: Array<{ id: string, displayName: string }> } | null } | null } };

export type DayBookQueryVariables = Exact<{
  bpSiteId: string;
  date: string;
}>;


export type DayBookQuery = { viewer: { practice: { id: string, appointmentsConnection: { nodes: Array<{ __typename: 'Appointment', id: string, start: string, end: string, durationMinutes: number, status: AppointmentStatus, pmsStatus: string | null, reason: string | null, type: { name: string } | null, patient: { id: string, fullName: string, birthDate: string | null } | null, user: { id: string, displayName: string } | null }> } | null } | null } };

export type FindPatientsQueryVariables = Exact<{
  bpSiteId: string;
  search: PatientSearch;
}>;


export type FindPatientsQuery = { viewer: { practice: { id: string, patientsConnection: { nodes: Array<{ id: string, fullName: string, birthDate: string | null, status: PatientStatus | null }>, pageInfo: { hasNextPage: boolean } } | null } | null } };

export type FreeTimesQueryVariables = Exact<{
  bpSiteId: string;
  date: string;
  userId?: string | null | undefined;
}>;


export type FreeTimesQuery = { practice:
    | { __typename: 'AccessDenied', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'AuthoritativeServerChanged', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInput', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFound', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'Practice', id: string, availableSlots:
        | { __typename: 'AccessDenied', code: HaloErrorCode, message: string, retryable: boolean }
        | { __typename: 'AuthoritativeServerChanged', code: HaloErrorCode, message: string, retryable: boolean }
        | { __typename: 'AvailableSlots', emptyBecause: EmptyReason | null, slots: Array<{ start: string, durationMinutes: number, user: { id: string, displayName: string } | null }> }
        | { __typename: 'InvalidInput', code: HaloErrorCode, message: string, retryable: boolean }
        | { __typename: 'OperationNotSupported', code: HaloErrorCode, message: string, retryable: boolean }
        | { __typename: 'PmsError', code: HaloErrorCode, message: string, retryable: boolean }
        | { __typename: 'PracticeIdentityChanged', code: HaloErrorCode, message: string, retryable: boolean }
        | { __typename: 'QueryTimedOut', code: HaloErrorCode, message: string, retryable: boolean }
        | { __typename: 'RateLimited', code: HaloErrorCode, message: string, retryable: boolean }
        | { __typename: 'ResultTooLarge', code: HaloErrorCode, message: string, retryable: boolean }
        | { __typename: 'SiteUnavailable', code: HaloErrorCode, message: string, retryable: boolean }
        | { __typename: 'UpstreamFailed', code: HaloErrorCode, message: string, retryable: boolean }
       }
    | { __typename: 'PracticeIdentityChanged', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'RateLimited', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'SiteUnavailable', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'UpstreamFailed', code: HaloErrorCode, message: string, retryable: boolean }
   };

export type BookMutationVariables = Exact<{
  input: BookAppointmentInput;
}>;


export type BookMutation = { bookAppointment:
    | { __typename: 'AccessDenied', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'AuthoritativeServerChanged', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'BookAppointmentPayload', appointment: { __typename: 'Appointment', id: string, start: string, end: string, durationMinutes: number, status: AppointmentStatus, pmsStatus: string | null, reason: string | null, type: { name: string } | null, patient: { id: string, fullName: string, birthDate: string | null } | null, user: { id: string, displayName: string } | null } }
    | { __typename: 'InvalidInput', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFound', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'OperationNotSupported', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'OutcomeUnknown', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'PmsError', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'PracticeIdentityChanged', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'QueryTimedOut', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'RateLimited', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'ResultTooLarge', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'SiteUnavailable', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'SlotTaken', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'UpstreamFailed', code: HaloErrorCode, message: string, retryable: boolean }
   };

export type MoveMutationVariables = Exact<{
  input: MoveAppointmentInput;
}>;


export type MoveMutation = { moveAppointment:
    | { __typename: 'AccessDenied', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'AuthoritativeServerChanged', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInput', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'MoveAppointmentPayload', appointment: { __typename: 'Appointment', id: string, start: string, end: string, durationMinutes: number, status: AppointmentStatus, pmsStatus: string | null, reason: string | null, type: { name: string } | null, patient: { id: string, fullName: string, birthDate: string | null } | null, user: { id: string, displayName: string } | null } }
    | { __typename: 'NotFound', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'OperationNotSupported', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'OutcomeUnknown', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'PmsError', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'PracticeIdentityChanged', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'QueryTimedOut', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'RateLimited', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'ResultTooLarge', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'SiteUnavailable', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'SlotTaken', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'UpstreamFailed', code: HaloErrorCode, message: string, retryable: boolean }
   };

export type CancelMutationVariables = Exact<{
  input: CancelAppointmentInput;
}>;


export type CancelMutation = { cancelAppointment:
    | { __typename: 'AccessDenied', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'AuthoritativeServerChanged', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'CancelAppointmentPayload', appointment: { __typename: 'Appointment', id: string, start: string, end: string, durationMinutes: number, status: AppointmentStatus, pmsStatus: string | null, reason: string | null, type: { name: string } | null, patient: { id: string, fullName: string, birthDate: string | null } | null, user: { id: string, displayName: string } | null } }
    | { __typename: 'InvalidInput', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFound', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'OperationNotSupported', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'OutcomeUnknown', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'PmsError', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'PracticeIdentityChanged', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'QueryTimedOut', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'RateLimited', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'ResultTooLarge', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'SiteUnavailable', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'UpstreamFailed', code: HaloErrorCode, message: string, retryable: boolean }
   };

export type ArriveMutationVariables = Exact<{
  input: ArriveAppointmentInput;
}>;


export type ArriveMutation = { arriveAppointment:
    | { __typename: 'AccessDenied', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'ArriveAppointmentPayload', appointment: { __typename: 'Appointment', id: string, start: string, end: string, durationMinutes: number, status: AppointmentStatus, pmsStatus: string | null, reason: string | null, type: { name: string } | null, patient: { id: string, fullName: string, birthDate: string | null } | null, user: { id: string, displayName: string } | null } }
    | { __typename: 'AuthoritativeServerChanged', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInput', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFound', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'OperationNotSupported', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'OutcomeUnknown', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'PmsError', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'PracticeIdentityChanged', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'QueryTimedOut', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'RateLimited', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'ResultTooLarge', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'SiteUnavailable', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'UpstreamFailed', code: HaloErrorCode, message: string, retryable: boolean }
   };

export type BookEntryFragment = { __typename: 'Appointment', id: string, start: string, end: string, durationMinutes: number, status: AppointmentStatus, pmsStatus: string | null, reason: string | null, type: { name: string } | null, patient: { id: string, fullName: string, birthDate: string | null } | null, user: { id: string, displayName: string } | null };

type Failure_AccessDenied_Fragment = { __typename: 'AccessDenied', code: HaloErrorCode, message: string, retryable: boolean };

type Failure_AuthoritativeServerChanged_Fragment = { __typename: 'AuthoritativeServerChanged', code: HaloErrorCode, message: string, retryable: boolean };

type Failure_InvalidInput_Fragment = { __typename: 'InvalidInput', code: HaloErrorCode, message: string, retryable: boolean };

type Failure_NotFound_Fragment = { __typename: 'NotFound', code: HaloErrorCode, message: string, retryable: boolean };

type Failure_OperationNotSupported_Fragment = { __typename: 'OperationNotSupported', code: HaloErrorCode, message: string, retryable: boolean };

type Failure_OutcomeUnknown_Fragment = { __typename: 'OutcomeUnknown', code: HaloErrorCode, message: string, retryable: boolean };

type Failure_PmsError_Fragment = { __typename: 'PmsError', code: HaloErrorCode, message: string, retryable: boolean };

type Failure_PracticeIdentityChanged_Fragment = { __typename: 'PracticeIdentityChanged', code: HaloErrorCode, message: string, retryable: boolean };

type Failure_QueryTimedOut_Fragment = { __typename: 'QueryTimedOut', code: HaloErrorCode, message: string, retryable: boolean };

type Failure_RateLimited_Fragment = { __typename: 'RateLimited', code: HaloErrorCode, message: string, retryable: boolean };

type Failure_ResultExpired_Fragment = { __typename: 'ResultExpired', code: HaloErrorCode, message: string, retryable: boolean };

type Failure_ResultTooLarge_Fragment = { __typename: 'ResultTooLarge', code: HaloErrorCode, message: string, retryable: boolean };

type Failure_SiteUnavailable_Fragment = { __typename: 'SiteUnavailable', code: HaloErrorCode, message: string, retryable: boolean };

type Failure_SlotTaken_Fragment = { __typename: 'SlotTaken', code: HaloErrorCode, message: string, retryable: boolean };

type Failure_UpstreamFailed_Fragment = { __typename: 'UpstreamFailed', code: HaloErrorCode, message: string, retryable: boolean };

export type FailureFragment =
  | Failure_AccessDenied_Fragment
  | Failure_AuthoritativeServerChanged_Fragment
  | Failure_InvalidInput_Fragment
  | Failure_NotFound_Fragment
  | Failure_OperationNotSupported_Fragment
  | Failure_OutcomeUnknown_Fragment
  | Failure_PmsError_Fragment
  | Failure_PracticeIdentityChanged_Fragment
  | Failure_QueryTimedOut_Fragment
  | Failure_RateLimited_Fragment
  | Failure_ResultExpired_Fragment
  | Failure_ResultTooLarge_Fragment
  | Failure_SiteUnavailable_Fragment
  | Failure_SlotTaken_Fragment
  | Failure_UpstreamFailed_Fragment
;

export type LiveBookSubscriptionVariables = Exact<{
  bpSiteId: string;
  date: string;
}>;


export type LiveBookSubscription = { appointmentBook:
    | { __typename: 'AccessDenied', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'AppointmentBookChanged', changes: Array<{ appointment: { __typename: 'Appointment', id: string, start: string, end: string, durationMinutes: number, status: AppointmentStatus, pmsStatus: string | null, reason: string | null, type: { name: string } | null, patient: { id: string, fullName: string, birthDate: string | null } | null, user: { id: string, displayName: string } | null } }> }
    | { __typename: 'AppointmentBookGap', since: string, message: string }
    | { __typename: 'AppointmentBookSnapshot', appointments: Array<{ __typename: 'Appointment', id: string, start: string, end: string, durationMinutes: number, status: AppointmentStatus, pmsStatus: string | null, reason: string | null, type: { name: string } | null, patient: { id: string, fullName: string, birthDate: string | null } | null, user: { id: string, displayName: string } | null }> }
    | { __typename: 'AuthoritativeServerChanged', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInput', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFound', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'OperationNotSupported', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'PmsError', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'PracticeIdentityChanged', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'QueryTimedOut', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'RateLimited', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'ResultTooLarge', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'SiteUnavailable', code: HaloErrorCode, message: string, retryable: boolean }
    | { __typename: 'UpstreamFailed', code: HaloErrorCode, message: string, retryable: boolean }
   };

export const BookEntryFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookEntry"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Appointment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"pmsStatus"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"type"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<BookEntryFragment, unknown>;
export const FailureFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<FailureFragment, unknown>;
export const PracticesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Practices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"practices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"bpSiteId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]} as unknown as DocumentNode<PracticesQuery, PracticesQueryVariables>;
export const ColumnsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Columns"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"practice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"bpSiteId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"usersConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"takesAppointments"},"value":{"kind":"BooleanValue","value":true}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ColumnsQuery, ColumnsQueryVariables>;
export const DayBookDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DayBook"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"date"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"practice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"bpSiteId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"appointmentsConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"date"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BookEntry"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookEntry"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Appointment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"pmsStatus"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"type"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<DayBookQuery, DayBookQueryVariables>;
export const FindPatientsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FindPatients"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"search"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PatientSearch"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"practice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"bpSiteId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"patientsConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<FindPatientsQuery, FindPatientsQueryVariables>;
export const FreeTimesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FreeTimes"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"date"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"practice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"bpSiteId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Practice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"availableSlots"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"date"}}},{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AvailableSlots"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"emptyBecause"}},{"kind":"Field","name":{"kind":"Name","value":"slots"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<FreeTimesQuery, FreeTimesQueryVariables>;
export const BookDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Book"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"BookAppointmentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bookAppointment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BookAppointmentPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appointment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BookEntry"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookEntry"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Appointment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"pmsStatus"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"type"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<BookMutation, BookMutationVariables>;
export const MoveDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Move"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MoveAppointmentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"moveAppointment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MoveAppointmentPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appointment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BookEntry"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookEntry"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Appointment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"pmsStatus"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"type"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<MoveMutation, MoveMutationVariables>;
export const CancelDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Cancel"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelAppointmentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelAppointment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CancelAppointmentPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appointment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BookEntry"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookEntry"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Appointment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"pmsStatus"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"type"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<CancelMutation, CancelMutationVariables>;
export const ArriveDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Arrive"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ArriveAppointmentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"arriveAppointment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ArriveAppointmentPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appointment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BookEntry"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookEntry"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Appointment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"pmsStatus"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"type"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<ArriveMutation, ArriveMutationVariables>;
export const LiveBookDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"LiveBook"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"date"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appointmentBook"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"bpSiteId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}}},{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"date"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AppointmentBookSnapshot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appointments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BookEntry"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AppointmentBookChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appointment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BookEntry"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AppointmentBookGap"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookEntry"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Appointment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"pmsStatus"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"type"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<LiveBookSubscription, LiveBookSubscriptionVariables>;