/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Whole days on which the practice is closed. None of them may be recorded as closed already. */
export type AddDaysClosedInput = {
  /** The practice: its Bp Site ID or its global id. */
  readonly bpSiteId: string;
  /** First closed day, in the calendar of the practice. From 1753-01-01 to 9999-12-30. */
  readonly from: string;
  /** A unique text that you generate for each closure, such as a UUID, at most 200 characters. Repeated requests with the same key and the same input within 24 hours make the change only once and return the same result. Always send a key. */
  readonly idempotencyKey?: string | null | undefined;
  /** The reason, such as `Christmas Day`, at most 100 characters. */
  readonly reason?: string | null | undefined;
  /** Last closed day, inclusive. If omitted, only the day of `from`. From 1753-01-01 to 9999-12-30. */
  readonly to?: string | null | undefined;
};

/** A patient to add. If fields are invalid, `InvalidInput` lists all of them with their paths. The patient's usual user cannot be set here; the practice sets it. */
export type AddPatientInput = {
  /** Home address. */
  readonly address?: AddressInput | null | undefined;
  /** True: add the patient even if another patient has the same name and date of birth. Set it only after a person has compared the two. A patient who matches in every given detail is still `InvalidInput`. */
  readonly allowNamesake?: boolean;
  /** Date of birth, from 130 years ago to today. */
  readonly birthDate: string;
  /** The practice: its Bp Site ID or its global id. */
  readonly bpSiteId: string;
  /** Veterans' Affairs card. */
  readonly dva?: DvaCardInput | null | undefined;
  /** Email address, at most 250 characters. */
  readonly email?: string | null | undefined;
  /** First name, at most 40 characters. Omitted, null or empty: the patient has only one name, given in `lastName`. */
  readonly firstName?: string | null | undefined;
  /** Home phone number: ten digits with the area code, eight digits without it, a 13, 1300 or 1800 number, or an international number with `+`, `0011` or `00`. Spaces, brackets, hyphens and a `(0)` after the country code are ignored. */
  readonly homePhone?: string | null | undefined;
  /** A unique text that you generate for each patient, such as a UUID, at most 200 characters. Repeated requests with the same key and the same input within 24 hours make the change only once and return the same result. Always send a key. */
  readonly idempotencyKey?: string | null | undefined;
  /** Last name, at most 40 characters. If the patient has only one name, give it here. */
  readonly lastName: string;
  /** Medicare card. */
  readonly medicare?: MedicareCardInput | null | undefined;
  /** Middle name, at most 30 characters. */
  readonly middleName?: string | null | undefined;
  /** Mobile number: ten digits that begin with 04 or 05, or an international number with `+`, `0011` or `00`. */
  readonly mobilePhone?: string | null | undefined;
  /** Postal address, if it differs from the home address. */
  readonly postalAddress?: PostalAddressInput | null | undefined;
  /** Preferred first name, at most 30 characters. */
  readonly preferredName?: string | null | undefined;
  /** Sex as recorded for Medicare. */
  readonly sex?: Sex;
  /** Title, such as `Mrs`. With SQL Passthrough it must be in the practice's list of titles; others are `InvalidInput`. */
  readonly title?: string | null | undefined;
  /** Work phone number, in the same formats as `homePhone`. */
  readonly workPhone?: string | null | undefined;
};

/** Whole days on which a user is away. None of them may be recorded as an absence already. */
export type AddUserDaysAwayInput = {
  /** The practice: its Bp Site ID or its global id. */
  readonly bpSiteId: string;
  /** First day of the absence, in the calendar of the practice. From 1753-01-01 to 9999-12-30. */
  readonly from: string;
  /** A unique text that you generate for each absence, such as a UUID, at most 200 characters. Repeated requests with the same key and the same input within 24 hours make the change only once and return the same result. Always send a key. */
  readonly idempotencyKey?: string | null | undefined;
  /** The reason, at most 100 characters. */
  readonly reason?: string | null | undefined;
  /** Last day of the absence, inclusive. If omitted, only the day of `from`. From 1753-01-01 to 9999-12-30. */
  readonly to?: string | null | undefined;
  /** The user: the PMS id or the global id. */
  readonly userId: string;
};

/** A home address. It replaces the whole recorded address: omitted lines are cleared. */
export type AddressInput = {
  /** First line: number and street, at most 40 characters. */
  readonly line1?: string | null | undefined;
  /** Second line, at most 40 characters. */
  readonly line2?: string | null | undefined;
  /** Australian postcode, four digits. */
  readonly postcode?: string | null | undefined;
  /** Suburb or town, at most 40 characters. */
  readonly suburb?: string | null | undefined;
};

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

/** An appointment to book. */
export type BookAppointmentInput = {
  /** The practice: its Bp Site ID or its global id. */
  readonly bpSiteId: string;
  /** Length in minutes, from 1 to 1440. If omitted, the default length of the type, or one slot of the session if the type has none. */
  readonly durationMinutes?: number | null | undefined;
  /** A unique text that you generate for each booking, such as a UUID, at most 200 characters. Repeated requests with the same key and the same input within 24 hours make the change only once and return the same result. Always send a key. */
  readonly idempotencyKey?: string | null | undefined;
  /** The location: the PMS id or the global id. If omitted, the location of the user's session at that time. */
  readonly locationId?: string | null | undefined;
  /** The patient: the PMS id or the global id. Inactive and deceased patients are `InvalidInput`. */
  readonly patientId: string;
  /** Reason for the visit, at most 500 characters. Handle it as clinical information. */
  readonly reason?: string | null | undefined;
  /** Start time with a UTC offset. Any offset is accepted; it is converted to the practice's local time. It must be a start time of the user that `availableSlots` lists, or would list if it were free. From now to 731 days (two years) from now. */
  readonly start: string;
  /** The type of appointment: the PMS id or the global id. If omitted, the standard type of the PMS. */
  readonly typeId?: string | null | undefined;
  /** The user who sees the patient: the PMS id or the global id. */
  readonly userId: string;
};

/** An appointment to cancel. */
export type CancelAppointmentInput = {
  /** The appointment: its PMS id or its global id. */
  readonly appointmentId: string;
  /** The practice: its Bp Site ID or its global id. */
  readonly bpSiteId: string;
};

/** Where opening hours come from. */
export type ClinicHoursSource =
  /** Taken from the configuration of this API. */
  | 'CONFIGURED'
  /** No hours are recorded: each day lasts from the start of the first user session to the end of the last one. */
  | 'DERIVED_FROM_USER_SESSIONS'
  /** Taken from the default sessions of the whole practice. */
  | 'PRACTICE_SESSIONS'
  /** The practice has recorded opening hours for the location. */
  | 'RECORDED';

/** An interface of Halo Cloud through which a practice's data is read and changed. */
export type DataSource =
  /** The Bp Premier API: FHIR R4 over REST. */
  | 'BP_PREMIER'
  /** SQL Passthrough: SQL statements that run on the practice's database. */
  | 'SQL_PASSTHROUGH';

/** A day of the week, in the practice's calendar. */
export type DayOfWeek =
  /** Friday. */
  | 'FRIDAY'
  /** Monday, the first day of the week. */
  | 'MONDAY'
  /** Saturday. */
  | 'SATURDAY'
  /** Sunday. */
  | 'SUNDAY'
  /** Thursday. */
  | 'THURSDAY'
  /** Tuesday. */
  | 'TUESDAY'
  /** Wednesday. */
  | 'WEDNESDAY';

/** A Veterans' Affairs card. It replaces the whole recorded card. */
export type DvaCardInput = {
  /** The file number, such as `NX123456`. */
  readonly number: string;
  /** Its colour. */
  readonly type: DvaCardType;
};

/** The colour of a Veterans' Affairs card. */
export type DvaCardType =
  /** Gold card. */
  | 'GOLD'
  /** Orange card. */
  | 'ORANGE'
  /** White card. */
  | 'WHITE';

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

/** A Medicare card. It replaces the whole recorded card: omitted fields are cleared. */
export type MedicareCardInput = {
  /** The month until which the card is valid, `MM/YYYY`. */
  readonly expiry?: string | null | undefined;
  /** The individual reference number (IRN): the digit before the name on the card, from 1 to 9. */
  readonly individualReferenceNumber?: string | null | undefined;
  /** The ten digits of the card; spaces are ignored. The ninth digit is a check digit, the tenth is the issue number. An eleventh digit is read as the individual reference number. */
  readonly number: string;
};

/** The new time, user or location of an appointment. Give at least one of them. Fields that are omitted or null stay unchanged. */
export type MoveAppointmentInput = {
  /** The appointment: its PMS id or its global id. */
  readonly appointmentId: string;
  /** The practice: its Bp Site ID or its global id. */
  readonly bpSiteId: string;
  /** The new location: the PMS id or the global id. If omitted, the location of the user's session at that time; the current location if the user has sessions at several. */
  readonly locationId?: string | null | undefined;
  /** Start time with a UTC offset. Any offset is accepted; it is converted to the practice's local time. It must be a start time of the user that `availableSlots` lists, or would list if it were free. From now to 731 days (two years) from now. */
  readonly start?: string | null | undefined;
  /** The new user: the PMS id or the global id. */
  readonly userId?: string | null | undefined;
};

/** Search criteria. Give at least one. A patient must match all of them. Blank criteria are ignored. */
export type PatientSearch = {
  /** Date of birth, `YYYY-MM-DD`. From 1753-01-01 to 9999-12-30. */
  readonly birthDate?: string | null | undefined;
  /** The complete email address. Case is ignored. */
  readonly email?: string | null | undefined;
  /** The ten digits of the Medicare card. An eleventh digit (the reference number) is ignored. */
  readonly medicareNumber?: string | null | undefined;
  /** One or more words. Each must be the beginning of a word in the patient's first, middle, preferred or last name. Order, case, accents, apostrophes and punctuation are ignored. If more than 500 patients have a matching last name, they are listed before the others. */
  readonly name?: string | null | undefined;
  /** Home, work or mobile number, at least 6 digits. Spaces, +61, 0011 and `(0)` are accepted. */
  readonly phone?: string | null | undefined;
  /** PMS ids or global ids of patients. Unknown ids match nothing. At most 500 ids. */
  readonly pmsIds?: ReadonlyArray<string> | null | undefined;
};

/** Whether the patient still comes to the practice. */
export type PatientStatus =
  /** The patient comes to the practice. */
  | 'ACTIVE'
  /** The patient is recorded as deceased. */
  | 'DECEASED'
  /** The practice has marked the patient as inactive. */
  | 'INACTIVE';

/** A postal address. It replaces the whole recorded address: omitted lines are cleared. */
export type PostalAddressInput = {
  /** The address line, such as `PO Box 1`, at most 40 characters. */
  readonly line1?: string | null | undefined;
  /** Australian postcode, four digits. */
  readonly postcode?: string | null | undefined;
  /** Suburb or town, at most 40 characters. */
  readonly suburb?: string | null | undefined;
};

/** The practice management software. */
export type PracticeManagementSystem =
  /** Bp Premier. Its PMS id is the Bp Site ID. */
  | 'BEST_PRACTICE'
  /** Dental4Windows. Its PMS id is the Centaur CRN. */
  | 'D4W'
  /** Zedmed. Its PMS id is the Zedmed Database ID. */
  | 'ZEDMED';

/** A group of operations that a source supports or does not support. */
export type PracticeOperation =
  /** Book, move, change and cancel appointments, and record arrivals. */
  | 'BOOK_APPOINTMENTS'
  /** Find free slots. */
  | 'FIND_SLOTS'
  /** Read the appointment book and the types of appointments. */
  | 'READ_APPOINTMENTS'
  /** Read locations, opening hours and closures. */
  | 'READ_CLINIC_HOURS'
  /** Search for and read patients. */
  | 'READ_PATIENTS'
  /** Read users, their sessions and absences. */
  | 'READ_USERS'
  /** Change opening hours and closures. */
  | 'WRITE_CLINIC_HOURS'
  /** Add and change patients. */
  | 'WRITE_PATIENTS'
  /** Change users and their absences. */
  | 'WRITE_USERS';

/** A closure to remove. */
export type RemoveDaysClosedInput = {
  /** The practice: its Bp Site ID or its global id. */
  readonly bpSiteId: string;
  /** The closure: `id` or `pmsId` of an entry of `Practice.daysClosed`. */
  readonly dayClosedId: string;
};

/** A command to run now. */
export type RunSqlInput = {
  /** The command to run. */
  readonly command: SqlCommandInput;
  /** Maximum time in the queue at the practice, in milliseconds, from 0 to 60,000. If omitted, 30,000. A command that may change data waits for at most as long as this operation has time for it. */
  readonly maxTimeInQueueMs?: number | null | undefined;
  /** The site to run it at. */
  readonly site: SiteRef;
};

/** Sex, as the practice recorded it. */
export type Sex =
  /** Female. */
  | 'FEMALE'
  /** Male. */
  | 'MALE'
  /** Other. */
  | 'OTHER'
  /** Recorded as unknown or not stated. */
  | 'UNKNOWN';

/** The state of the connection between Halo Cloud and a site. It can be about two minutes old. */
export type SiteAvailability =
  /** Halo Link has closed its session with Halo Cloud. */
  | 'OFFLINE'
  /** Halo Cloud received a heartbeat from Halo Link within the last two minutes. */
  | 'ONLINE'
  /** Halo Cloud has received no heartbeat from Halo Link for two minutes. */
  | 'UNREACHABLE';

/** The site that SQL runs at. Give exactly one of these. */
export type SiteRef =
  {   /** The practice, on its current server: its Bp Site ID or its global id. The global id can also be that of a Zedmed or Dental4Windows practice. */
  readonly bpSiteId: string; readonly haloGuid?: never; }
  |  { readonly bpSiteId?: never;   /** The site with this Halo GUID, for any practice management system. */
  readonly haloGuid: string; };

/** Lifecycle status of a site, as Halo Cloud names it. */
export type SiteStatus =
  /** In service. */
  | 'ACTIVE'
  /** Halo Link is being set up. */
  | 'INITIALISING'
  /** The site was removed from Halo Link. */
  | 'REMOVED'
  /** Halo Link was uninstalled. */
  | 'UNINSTALLED';

/** A command to run on the database of a site. */
export type SqlCommandInput = {
  /** The database to use, by a name from `Site.catalogues`. If omitted, the default one. Not allowed for registered queries. */
  readonly catalogue?: string | null | undefined;
  /** What the command returns: rows, a count or one value. */
  readonly executionMode?: SqlExecutionMode;
  /** The parameters that the SQL uses. At most 2,098 parameters. */
  readonly parameters?: ReadonlyArray<SqlParameterInput> | null | undefined;
  /** The SQL, at most 1,000,000 characters, or the name of a stored procedure. Never write values into the text: send them as `parameters`. */
  readonly text: string;
  /** How to interpret `text`. */
  readonly type?: SqlCommandType;
};

/** How to interpret the text of a command. */
export type SqlCommandType =
  /** The text is the name of a stored procedure; the parameters are passed to it. Halo Cloud calls this experimental. `EXEC` in a `TEXT` command does the same. */
  | 'STORED_PROCEDURE'
  /** The text is SQL. */
  | 'TEXT';

/** What a command returns. */
export type SqlExecutionMode =
  /** The number of rows that it changed, and no rows. */
  | 'NON_QUERY'
  /** Its rows. If an immediate query takes too long or its result is too large, this API continues it as an async query, unless the SQL could write. */
  | 'READER'
  /** The first column of the first row, as a single row. */
  | 'SCALAR';

/** Direction of a parameter. */
export type SqlParameterDirection =
  /** The value is sent to the database. */
  | 'INPUT'
  /** The value is sent to the database and returned in `outputParameters`. */
  | 'INPUT_OUTPUT'
  /** The value is returned in `outputParameters`. */
  | 'OUTPUT'
  /** The return value of a stored procedure, an integer. */
  | 'RETURN_VALUE';

/** A parameter of a command. */
export type SqlParameterInput = {
  /** Whether the statement receives the value, sends one back, or both. */
  readonly direction?: SqlParameterDirection;
  /** Its name as in the SQL, with the leading `@`, such as `@patientId`. Names must be unique. */
  readonly name: string;
  /** Size of the output value in bytes. Required for `OUTPUT` and `INPUT_OUTPUT` of types without a fixed length, such as `NVarChar`. */
  readonly size?: number | null | undefined;
  /** Its SQL Server type, in this spelling: `BigInt`, `Binary`, `Bit`, `Char`, `String`, `Date`, `DateTime`, `DateTime2`, `DateTimeOffset`, `Decimal`, `Float`, `Image`, `Int`, `Money`, `NChar`, `NText`, `NVarChar`, `Real`, `SmallDateTime`, `SmallInt`, `SmallMoney`, `Structured`, `Text`, `Time`, `Timestamp`, `TinyInt`, `Udt`, `UniqueIdentifier`, `VarBinary`, `VarChar`, `Variant`, `Xml`. If omitted, Halo Cloud chooses the type. */
  readonly type?: string | null | undefined;
  /** The value as text, such as `66`, `2026-11-23` or `2026-11-23T09:15:00`. Omitted or null: SQL NULL. Not allowed for `OUTPUT` and `RETURN_VALUE`. */
  readonly value?: string | null | undefined;
};

/** Status of an async query, as Halo Cloud names it. `INITIALISING`, `QUEUED`, `EXECUTING` and `UPLOADING` are in progress; all others are final. */
export type SqlQueryStatus =
  /** The database is running it. */
  | 'EXECUTING'
  /** Failed: the database rejected it, or it took longer than five minutes. See `error`. */
  | 'EXECUTION_FAILED'
  /** Failed: it waited longer than `maxTimeInQueueMs` and was not run. */
  | 'EXPIRED_IN_QUEUE'
  /** Failed: Halo Cloud could not store it. Start it again. */
  | 'INITIALISATION_FAILED_CACHE_ERROR'
  /** Failed: the site was offline. */
  | 'INITIALISATION_FAILED_SITE_OFFLINE'
  /** Failed: the site had sent no heartbeat for two minutes. */
  | 'INITIALISATION_FAILED_SITE_UNREACHABLE'
  /** Halo Cloud has accepted it and is sending it to the site. */
  | 'INITIALISING'
  /** It is waiting in the queue at the practice. */
  | 'QUEUED'
  /** Done: its pages can be read for about 24 hours. */
  | 'SUCCESSFUL'
  /** It has run. The pages of its result are being uploaded. */
  | 'UPLOADING'
  /** Failed: it has run, but its result was not uploaded. */
  | 'UPLOAD_FAILED';

/** A command to start as an async query. */
export type StartSqlQueryInput = {
  /** The command to run. */
  readonly command: SqlCommandInput;
  /** Maximum time in the queue at the practice, in milliseconds, from 0 to 7,200,000 (two hours). If omitted, 3,600,000. */
  readonly maxTimeInQueueMs?: number | null | undefined;
  /** The site to run it at. */
  readonly site: SiteRef;
};

/** Changes to a patient. Give at least one detail. Omitted fields stay unchanged. If fields are invalid, `InvalidInput` lists all of them with their paths. */
export type UpdatePatientInput = {
  /** Home address. Omitted: it stays unchanged. Null: it is removed. */
  readonly address?: AddressInput | null | undefined;
  /** Date of birth, from 130 years ago to today. Omitted: it stays unchanged. */
  readonly birthDate?: string | null | undefined;
  /** The practice: its Bp Site ID or its global id. */
  readonly bpSiteId: string;
  /** Veterans' Affairs card. Omitted: it stays unchanged. Null: it is removed. */
  readonly dva?: DvaCardInput | null | undefined;
  /** Email address, at most 250 characters. Omitted: it stays unchanged. Null: it is removed. */
  readonly email?: string | null | undefined;
  /** First name, at most 40 characters. Omitted: it stays unchanged. */
  readonly firstName?: string | null | undefined;
  /** Home phone number: ten digits with the area code, eight digits without it, a 13, 1300 or 1800 number, or an international number with `+`, `0011` or `00`. Spaces, brackets, hyphens and a `(0)` after the country code are ignored. Omitted: it stays unchanged. Null: it is removed. */
  readonly homePhone?: string | null | undefined;
  /** Last name, at most 40 characters. Omitted: it stays unchanged. */
  readonly lastName?: string | null | undefined;
  /** Medicare card. Omitted: it stays unchanged. Null: it is removed. */
  readonly medicare?: MedicareCardInput | null | undefined;
  /** Middle name, at most 30 characters. Omitted: it stays unchanged. Null: it is removed. */
  readonly middleName?: string | null | undefined;
  /** Mobile number: ten digits that begin with 04 or 05, or an international number with `+`, `0011` or `00`. Omitted: it stays unchanged. Null: it is removed. */
  readonly mobilePhone?: string | null | undefined;
  /** The patient: the PMS id or the global id. */
  readonly patientId: string;
  /** Postal address, if it differs from the home address. Omitted: it stays unchanged. Null: it is removed. */
  readonly postalAddress?: PostalAddressInput | null | undefined;
  /** Preferred first name, at most 30 characters. Omitted: it stays unchanged. Null: it is removed. */
  readonly preferredName?: string | null | undefined;
  /** Sex as recorded for Medicare. Omitted: it stays unchanged. Null: it is set to `UNKNOWN`. */
  readonly sex?: Sex | null | undefined;
  /** Title, such as `Mrs`. With SQL Passthrough it must be in the practice's list of titles; others are `InvalidInput`. Omitted: it stays unchanged. Null: it is removed. */
  readonly title?: string | null | undefined;
  /** Work phone number, in the same formats as `homePhone`. Omitted: it stays unchanged. Null: it is removed. */
  readonly workPhone?: string | null | undefined;
};

/** The role of a user at the practice, derived from the user category of the PMS (`pmsRole`). */
export type UserRole =
  /** Another health professional, such as a physiotherapist or psychologist. */
  | 'ALLIED_HEALTH'
  /** A medical practitioner. */
  | 'DOCTOR'
  /** A nurse or midwife. */
  | 'NURSE'
  /** Any other role, or none recorded. */
  | 'OTHER'
  /** A practice manager. */
  | 'PRACTICE_MANAGER'
  /** A receptionist. */
  | 'RECEPTIONIST';

export type TimesToBookQueryVariables = Exact<{
  bpSiteId: string;
  from: string;
  userId?: string | null | undefined;
  durationMinutes?: number | null | undefined;
}>;


export type TimesToBookQuery = { readonly practice:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'Practice', readonly id: string, readonly availableSlots:
        | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'AvailableSlots', readonly emptyBecause: EmptyReason | null, readonly slots: ReadonlyArray<{ readonly id: string, readonly start: `${number}-${number}-${number}T${string}`, readonly durationMinutes: number, readonly user: { readonly id: string, readonly displayName: string } | null }> }
        | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
       }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

export type BookAppointmentMutationVariables = Exact<{
  booking: BookAppointmentInput;
}>;


export type BookAppointmentMutation = { readonly bookAppointment:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'BookAppointmentPayload', readonly appointment: { readonly __typename: 'Appointment', readonly id: string, readonly start: `${number}-${number}-${number}T${string}`, readonly durationMinutes: number, readonly status: AppointmentStatus, readonly user: { readonly id: string, readonly displayName: string } | null, readonly patient: { readonly id: string, readonly fullName: string } | null } }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OutcomeUnknown', readonly idempotencyKey: string | null, readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SlotTaken', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

export type MoveAppointmentMutationVariables = Exact<{
  move: MoveAppointmentInput;
}>;


export type MoveAppointmentMutation = { readonly moveAppointment:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'MoveAppointmentPayload', readonly appointment: { readonly __typename: 'Appointment', readonly id: string, readonly start: `${number}-${number}-${number}T${string}`, readonly durationMinutes: number, readonly status: AppointmentStatus, readonly user: { readonly id: string, readonly displayName: string } | null, readonly patient: { readonly id: string, readonly fullName: string } | null } }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OutcomeUnknown', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SlotTaken', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

export type CancelAppointmentMutationVariables = Exact<{
  cancellation: CancelAppointmentInput;
}>;


export type CancelAppointmentMutation = { readonly cancelAppointment:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'CancelAppointmentPayload', readonly appointment: { readonly __typename: 'Appointment', readonly id: string, readonly start: `${number}-${number}-${number}T${string}`, readonly durationMinutes: number, readonly status: AppointmentStatus, readonly user: { readonly id: string, readonly displayName: string } | null, readonly patient: { readonly id: string, readonly fullName: string } | null } }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OutcomeUnknown', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

export type BookedAppointmentFragment = { readonly __typename: 'Appointment', readonly id: string, readonly start: `${number}-${number}-${number}T${string}`, readonly durationMinutes: number, readonly status: AppointmentStatus, readonly user: { readonly id: string, readonly displayName: string } | null, readonly patient: { readonly id: string, readonly fullName: string } | null };

type WriteFailure_AccessDenied_Fragment = { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type WriteFailure_AuthoritativeServerChanged_Fragment = { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type WriteFailure_InvalidInput_Fragment = { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> };

type WriteFailure_NotFound_Fragment = { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type WriteFailure_OperationNotSupported_Fragment = { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type WriteFailure_OutcomeUnknown_Fragment = { readonly __typename: 'OutcomeUnknown', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type WriteFailure_PmsError_Fragment = { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type WriteFailure_PracticeIdentityChanged_Fragment = { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type WriteFailure_QueryTimedOut_Fragment = { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type WriteFailure_RateLimited_Fragment = { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type WriteFailure_ResultExpired_Fragment = { readonly __typename: 'ResultExpired', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type WriteFailure_ResultTooLarge_Fragment = { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type WriteFailure_SiteUnavailable_Fragment = { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type WriteFailure_SlotTaken_Fragment = { readonly __typename: 'SlotTaken', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type WriteFailure_UpstreamFailed_Fragment = { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

export type WriteFailureFragment =
  | WriteFailure_AccessDenied_Fragment
  | WriteFailure_AuthoritativeServerChanged_Fragment
  | WriteFailure_InvalidInput_Fragment
  | WriteFailure_NotFound_Fragment
  | WriteFailure_OperationNotSupported_Fragment
  | WriteFailure_OutcomeUnknown_Fragment
  | WriteFailure_PmsError_Fragment
  | WriteFailure_PracticeIdentityChanged_Fragment
  | WriteFailure_QueryTimedOut_Fragment
  | WriteFailure_RateLimited_Fragment
  | WriteFailure_ResultExpired_Fragment
  | WriteFailure_ResultTooLarge_Fragment
  | WriteFailure_SiteUnavailable_Fragment
  | WriteFailure_SlotTaken_Fragment
  | WriteFailure_UpstreamFailed_Fragment
;

export type ClinicHoursQueryVariables = Exact<{
  bpSiteId: string;
  from: string;
  to: string;
}>;


export type ClinicHoursQuery = { readonly practice:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'Practice', readonly id: string, readonly locations:
        | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'LocationConnection', readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string | null, readonly phone: string | null, readonly address: { readonly line1: string | null, readonly suburb: string | null, readonly state: string | null, readonly postcode: string | null } | null, readonly clinicHours: { readonly id: string, readonly timeZone: string, readonly source: ClinicHoursSource, readonly openNow: boolean, readonly nextOpening: `${number}-${number}-${number}T${string}` | null, readonly week: ReadonlyArray<{ readonly day: DayOfWeek, readonly periods: ReadonlyArray<{ readonly opens: `${number}:${number}`, readonly closes: `${number}:${number}` }> }> } | null }> }
        | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string }
      , readonly daysClosed:
        | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'DaysClosed', readonly nodes: ReadonlyArray<{ readonly id: string, readonly from: `${number}-${number}-${number}`, readonly to: `${number}-${number}-${number}`, readonly reason: string | null }> }
        | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string }
       }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string }
   };

export type FlatDayBookQueryVariables = Exact<{
  bpSiteId: string;
  date: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type FlatDayBookQuery = { readonly viewer: { readonly id: string, readonly practice: { readonly id: string, readonly appointmentsConnection: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly __typename: 'Appointment', readonly id: string, readonly start: `${number}-${number}-${number}T${string}`, readonly durationMinutes: number, readonly status: AppointmentStatus, readonly type: { readonly id: string, readonly name: string } | null, readonly patient: { readonly id: string, readonly fullName: string } | null, readonly user: { readonly id: string, readonly displayName: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null } };

export type FlatDayBookRowFragment = { readonly __typename: 'Appointment', readonly id: string, readonly start: `${number}-${number}-${number}T${string}`, readonly durationMinutes: number, readonly status: AppointmentStatus, readonly type: { readonly id: string, readonly name: string } | null, readonly patient: { readonly id: string, readonly fullName: string } | null, readonly user: { readonly id: string, readonly displayName: string } | null };

export type DayBookQueryVariables = Exact<{
  bpSiteId: string;
  date: string;
  after?: string | null | undefined;
}>;


export type DayBookQuery = { readonly practice:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'Practice', readonly id: string, readonly name: string | null, readonly appointments:
        | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'AppointmentConnection', readonly nodes: ReadonlyArray<{ readonly id: string, readonly start: `${number}-${number}-${number}T${string}`, readonly durationMinutes: number, readonly status: AppointmentStatus, readonly pmsStatus: string | null, readonly urgent: boolean | null, readonly type: { readonly id: string, readonly name: string } | null, readonly patient: { readonly id: string, readonly fullName: string, readonly birthDate: `${number}-${number}-${number}` | null, readonly mobilePhone: string | null } | null, readonly user: { readonly id: string, readonly displayName: string } | null, readonly location: { readonly id: string, readonly name: string | null, readonly timeZone: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } }
        | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
       }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

export type AddLeaveMutationVariables = Exact<{
  leave: AddUserDaysAwayInput;
}>;


export type AddLeaveMutation = { readonly addUserDaysAway:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AddUserDaysAwayPayload', readonly dayAway: { readonly id: string, readonly pmsId: string, readonly from: `${number}-${number}-${number}`, readonly to: `${number}-${number}-${number}`, readonly reason: string | null }, readonly user: { readonly id: string, readonly displayName: string } }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OutcomeUnknown', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

export type ClosePracticeMutationVariables = Exact<{
  closing: AddDaysClosedInput;
}>;


export type ClosePracticeMutation = { readonly addDaysClosed:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AddDaysClosedPayload', readonly dayClosed: { readonly id: string, readonly pmsId: string | null, readonly from: `${number}-${number}-${number}`, readonly to: `${number}-${number}-${number}`, readonly reason: string | null } }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OutcomeUnknown', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

export type OpenPracticeAgainMutationVariables = Exact<{
  opening: RemoveDaysClosedInput;
}>;


export type OpenPracticeAgainMutation = { readonly removeDaysClosed:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OutcomeUnknown', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RemoveDaysClosedPayload', readonly practice: { readonly id: string } }
    | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

type DaysNotWritten_AccessDenied_Fragment = { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type DaysNotWritten_AuthoritativeServerChanged_Fragment = { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type DaysNotWritten_InvalidInput_Fragment = { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> };

type DaysNotWritten_NotFound_Fragment = { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type DaysNotWritten_OperationNotSupported_Fragment = { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type DaysNotWritten_OutcomeUnknown_Fragment = { readonly __typename: 'OutcomeUnknown', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type DaysNotWritten_PmsError_Fragment = { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type DaysNotWritten_PracticeIdentityChanged_Fragment = { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type DaysNotWritten_QueryTimedOut_Fragment = { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type DaysNotWritten_RateLimited_Fragment = { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type DaysNotWritten_ResultExpired_Fragment = { readonly __typename: 'ResultExpired', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type DaysNotWritten_ResultTooLarge_Fragment = { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type DaysNotWritten_SiteUnavailable_Fragment = { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type DaysNotWritten_SlotTaken_Fragment = { readonly __typename: 'SlotTaken', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type DaysNotWritten_UpstreamFailed_Fragment = { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

export type DaysNotWrittenFragment =
  | DaysNotWritten_AccessDenied_Fragment
  | DaysNotWritten_AuthoritativeServerChanged_Fragment
  | DaysNotWritten_InvalidInput_Fragment
  | DaysNotWritten_NotFound_Fragment
  | DaysNotWritten_OperationNotSupported_Fragment
  | DaysNotWritten_OutcomeUnknown_Fragment
  | DaysNotWritten_PmsError_Fragment
  | DaysNotWritten_PracticeIdentityChanged_Fragment
  | DaysNotWritten_QueryTimedOut_Fragment
  | DaysNotWritten_RateLimited_Fragment
  | DaysNotWritten_ResultExpired_Fragment
  | DaysNotWritten_ResultTooLarge_Fragment
  | DaysNotWritten_SiteUnavailable_Fragment
  | DaysNotWritten_SlotTaken_Fragment
  | DaysNotWritten_UpstreamFailed_Fragment
;

export type FlatPatientSearchQueryVariables = Exact<{
  bpSiteId: string;
  search: PatientSearch;
  first?: number | null | undefined;
}>;


export type FlatPatientSearchQuery = { readonly viewer: { readonly id: string, readonly practice: { readonly id: string, readonly patientsConnection: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly fullName: string, readonly birthDate: `${number}-${number}-${number}` | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null } };

export type FlatFreeSlotsQueryVariables = Exact<{
  bpSiteId: string;
  date: string;
  userId?: string | null | undefined;
  durationMinutes?: number | null | undefined;
}>;


export type FlatFreeSlotsQuery = { readonly viewer: { readonly id: string, readonly practice: { readonly id: string, readonly availableSlotsOrNull: { readonly emptyBecause: EmptyReason | null, readonly slots: ReadonlyArray<{ readonly id: string, readonly start: `${number}-${number}-${number}T${string}`, readonly durationMinutes: number, readonly user: { readonly id: string, readonly displayName: string } | null }> } | null } | null } };

export type BookIntoListMutationVariables = Exact<{
  input: BookAppointmentInput;
}>;


export type BookIntoListMutation = { readonly bookAppointment:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'BookAppointmentPayload', readonly edge: { readonly __typename: 'AppointmentEdge', readonly cursor: string, readonly node: { readonly id: string, readonly start: `${number}-${number}-${number}T${string}`, readonly durationMinutes: number, readonly status: AppointmentStatus, readonly type: { readonly id: string, readonly name: string } | null, readonly patient: { readonly id: string, readonly fullName: string } | null, readonly user: { readonly id: string, readonly displayName: string } | null, readonly practice: { readonly id: string } } } }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OutcomeUnknown', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SlotTaken', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

export type MoveInListMutationVariables = Exact<{
  input: MoveAppointmentInput;
}>;


export type MoveInListMutation = { readonly moveAppointment:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'MoveAppointmentPayload', readonly edge: { readonly __typename: 'AppointmentEdge', readonly cursor: string, readonly node: { readonly id: string, readonly start: `${number}-${number}-${number}T${string}`, readonly durationMinutes: number, readonly status: AppointmentStatus, readonly type: { readonly id: string, readonly name: string } | null, readonly patient: { readonly id: string, readonly fullName: string } | null, readonly user: { readonly id: string, readonly displayName: string } | null, readonly practice: { readonly id: string } } } }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OutcomeUnknown', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SlotTaken', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

export type CancelInListMutationVariables = Exact<{
  input: CancelAppointmentInput;
}>;


export type CancelInListMutation = { readonly cancelAppointment:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'CancelAppointmentPayload', readonly cancelledAppointmentId: string, readonly appointment: { readonly id: string, readonly status: AppointmentStatus, readonly practice: { readonly id: string } } }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OutcomeUnknown', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

export type BookEdgeFragment = { readonly __typename: 'AppointmentEdge', readonly cursor: string, readonly node: { readonly id: string, readonly start: `${number}-${number}-${number}T${string}`, readonly durationMinutes: number, readonly status: AppointmentStatus, readonly type: { readonly id: string, readonly name: string } | null, readonly patient: { readonly id: string, readonly fullName: string } | null, readonly user: { readonly id: string, readonly displayName: string } | null, readonly practice: { readonly id: string } } };

type ChangeFailure_AccessDenied_Fragment = { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type ChangeFailure_AuthoritativeServerChanged_Fragment = { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type ChangeFailure_InvalidInput_Fragment = { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> };

type ChangeFailure_NotFound_Fragment = { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type ChangeFailure_OperationNotSupported_Fragment = { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type ChangeFailure_OutcomeUnknown_Fragment = { readonly __typename: 'OutcomeUnknown', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type ChangeFailure_PmsError_Fragment = { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type ChangeFailure_PracticeIdentityChanged_Fragment = { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type ChangeFailure_QueryTimedOut_Fragment = { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type ChangeFailure_RateLimited_Fragment = { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type ChangeFailure_ResultExpired_Fragment = { readonly __typename: 'ResultExpired', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type ChangeFailure_ResultTooLarge_Fragment = { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type ChangeFailure_SiteUnavailable_Fragment = { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type ChangeFailure_SlotTaken_Fragment = { readonly __typename: 'SlotTaken', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type ChangeFailure_UpstreamFailed_Fragment = { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

export type ChangeFailureFragment =
  | ChangeFailure_AccessDenied_Fragment
  | ChangeFailure_AuthoritativeServerChanged_Fragment
  | ChangeFailure_InvalidInput_Fragment
  | ChangeFailure_NotFound_Fragment
  | ChangeFailure_OperationNotSupported_Fragment
  | ChangeFailure_OutcomeUnknown_Fragment
  | ChangeFailure_PmsError_Fragment
  | ChangeFailure_PracticeIdentityChanged_Fragment
  | ChangeFailure_QueryTimedOut_Fragment
  | ChangeFailure_RateLimited_Fragment
  | ChangeFailure_ResultExpired_Fragment
  | ChangeFailure_ResultTooLarge_Fragment
  | ChangeFailure_SiteUnavailable_Fragment
  | ChangeFailure_SlotTaken_Fragment
  | ChangeFailure_UpstreamFailed_Fragment
;

export type FreeSlotsQueryVariables = Exact<{
  bpSiteId: string;
  from: string;
  to?: string | null | undefined;
  userId?: string | null | undefined;
  durationMinutes?: number | null | undefined;
}>;


export type FreeSlotsQuery = { readonly practice:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'Practice', readonly id: string, readonly availableSlots:
        | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'AvailableSlots', readonly emptyBecause: EmptyReason | null, readonly complete: boolean, readonly slots: ReadonlyArray<{ readonly id: string, readonly start: `${number}-${number}-${number}T${string}`, readonly durationMinutes: number, readonly user: { readonly id: string, readonly displayName: string } | null, readonly location: { readonly id: string, readonly name: string | null } | null }> }
        | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
       }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

export type MovedPracticeQueryVariables = Exact<{
  haloGuid: string;
}>;


export type MovedPracticeQuery = { readonly site:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly requestedHaloGuid: `${string}-${string}-${string}-${string}-${string}` | null, readonly requestedBpSiteId: string | null, readonly currentHaloGuid: `${string}-${string}-${string}-${string}-${string}` | null, readonly retryable: boolean, readonly currentSite: { readonly id: string, readonly haloGuid: `${string}-${string}-${string}-${string}-${string}`, readonly availability: SiteAvailability | null, readonly haloLinkVersion: string | null } | null }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'Site', readonly id: string, readonly haloGuid: `${string}-${string}-${string}-${string}-${string}`, readonly availability: SiteAvailability | null }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

export type AddPatientMutationVariables = Exact<{
  patient: AddPatientInput;
}>;


export type AddPatientMutation = { readonly addPatient:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AddPatientPayload', readonly patient: { readonly __typename: 'Patient', readonly id: string, readonly fullName: string, readonly birthDate: `${number}-${number}-${number}` | null, readonly mobilePhone: string | null, readonly email: string | null, readonly medicare: { readonly number: string, readonly individualReferenceNumber: string | null } | null } }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OutcomeUnknown', readonly idempotencyKey: string | null, readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

export type UpdatePatientMutationVariables = Exact<{
  changes: UpdatePatientInput;
}>;


export type UpdatePatientMutation = { readonly updatePatient:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OutcomeUnknown', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'UpdatePatientPayload', readonly patient: { readonly __typename: 'Patient', readonly id: string, readonly fullName: string, readonly birthDate: `${number}-${number}-${number}` | null, readonly mobilePhone: string | null, readonly email: string | null, readonly medicare: { readonly number: string, readonly individualReferenceNumber: string | null } | null } }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

export type RegisteredPatientFragment = { readonly __typename: 'Patient', readonly id: string, readonly fullName: string, readonly birthDate: `${number}-${number}-${number}` | null, readonly mobilePhone: string | null, readonly email: string | null, readonly medicare: { readonly number: string, readonly individualReferenceNumber: string | null } | null };

type PatientNotWritten_AccessDenied_Fragment = { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type PatientNotWritten_AuthoritativeServerChanged_Fragment = { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type PatientNotWritten_InvalidInput_Fragment = { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> };

type PatientNotWritten_NotFound_Fragment = { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type PatientNotWritten_OperationNotSupported_Fragment = { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type PatientNotWritten_OutcomeUnknown_Fragment = { readonly __typename: 'OutcomeUnknown', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type PatientNotWritten_PmsError_Fragment = { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type PatientNotWritten_PracticeIdentityChanged_Fragment = { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type PatientNotWritten_QueryTimedOut_Fragment = { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type PatientNotWritten_RateLimited_Fragment = { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type PatientNotWritten_ResultExpired_Fragment = { readonly __typename: 'ResultExpired', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type PatientNotWritten_ResultTooLarge_Fragment = { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type PatientNotWritten_SiteUnavailable_Fragment = { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type PatientNotWritten_SlotTaken_Fragment = { readonly __typename: 'SlotTaken', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type PatientNotWritten_UpstreamFailed_Fragment = { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

export type PatientNotWrittenFragment =
  | PatientNotWritten_AccessDenied_Fragment
  | PatientNotWritten_AuthoritativeServerChanged_Fragment
  | PatientNotWritten_InvalidInput_Fragment
  | PatientNotWritten_NotFound_Fragment
  | PatientNotWritten_OperationNotSupported_Fragment
  | PatientNotWritten_OutcomeUnknown_Fragment
  | PatientNotWritten_PmsError_Fragment
  | PatientNotWritten_PracticeIdentityChanged_Fragment
  | PatientNotWritten_QueryTimedOut_Fragment
  | PatientNotWritten_RateLimited_Fragment
  | PatientNotWritten_ResultExpired_Fragment
  | PatientNotWritten_ResultTooLarge_Fragment
  | PatientNotWritten_SiteUnavailable_Fragment
  | PatientNotWritten_SlotTaken_Fragment
  | PatientNotWritten_UpstreamFailed_Fragment
;

export type PatientRecordQueryVariables = Exact<{
  bpSiteId: string;
  patientId: string;
  from: string;
  to: string;
}>;


export type PatientRecordQuery = { readonly practice:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'Practice', readonly id: string, readonly patient:
        | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'Patient', readonly id: string, readonly status: PatientStatus | null, readonly fullName: string, readonly preferredName: string | null, readonly birthDate: `${number}-${number}-${number}` | null, readonly sex: Sex | null, readonly homePhone: string | null, readonly mobilePhone: string | null, readonly email: string | null, readonly address: { readonly line1: string | null, readonly line2: string | null, readonly suburb: string | null, readonly state: string | null, readonly postcode: string | null } | null, readonly medicare: { readonly number: string, readonly individualReferenceNumber: string | null, readonly expiry: string | null } | null, readonly usualUser: { readonly id: string, readonly displayName: string } | null, readonly appointments:
            | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string }
            | { readonly __typename: 'AppointmentConnection', readonly nodes: ReadonlyArray<{ readonly id: string, readonly start: `${number}-${number}-${number}T${string}`, readonly status: AppointmentStatus, readonly user: { readonly id: string, readonly displayName: string } | null }> }
            | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string }
            | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string }
            | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string }
            | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string }
            | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string }
            | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string }
            | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string }
            | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string }
            | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string }
            | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string }
           }
        | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
       }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string }
   };

export type PatientSearchQueryVariables = Exact<{
  bpSiteId: string;
  search: PatientSearch;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type PatientSearchQuery = { readonly practice:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'Practice', readonly id: string, readonly patients:
        | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
        | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'PatientConnection', readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly fullName: string, readonly preferredName: string | null, readonly birthDate: `${number}-${number}-${number}` | null, readonly sex: Sex | null, readonly status: PatientStatus | null, readonly mobilePhone: string | null, readonly address: { readonly suburb: string | null, readonly state: string | null } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } }
        | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
        | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
       }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

export type PracticeDashboardQueryVariables = Exact<{
  bpSiteIds: ReadonlyArray<string> | string;
  date: string;
}>;


export type PracticeDashboardQuery = { readonly practices: ReadonlyArray<
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'Practice', readonly id: string, readonly bpSiteId: string, readonly name: string | null, readonly appointments:
        | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'AppointmentConnection', readonly nodes: ReadonlyArray<{ readonly id: string, readonly start: `${number}-${number}-${number}T${string}`, readonly status: AppointmentStatus, readonly patient: { readonly id: string, readonly fullName: string } | null, readonly user: { readonly id: string, readonly displayName: string } | null }> }
        | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string }
       }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly availability: SiteAvailability | null, readonly retryAfterSeconds: number | null }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string }
  > };

export type SiteStatusQueryVariables = Exact<{
  pmsSiteId: string;
}>;


export type SiteStatusQuery = { readonly sites:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'Sites', readonly nodes: ReadonlyArray<{ readonly id: string, readonly haloGuid: `${string}-${string}-${string}-${string}-${string}`, readonly authoritative: boolean | null, readonly availability: SiteAvailability | null, readonly status: SiteStatus | null, readonly haloLinkVersion: string | null, readonly lastHeartbeatAt: `${number}-${number}-${number}T${string}` | null, readonly pms: PracticeManagementSystem | null, readonly pmsVersion: string | null, readonly capabilities:
          | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string }
          | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string }
          | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string }
          | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string }
          | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string }
          | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string }
          | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string }
          | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string }
          | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string }
          | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string }
          | { readonly __typename: 'SiteCapabilities', readonly fhirVersion: string | null, readonly operations: ReadonlyArray<{ readonly operation: PracticeOperation, readonly source: DataSource | null, readonly reason: string | null }> }
          | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string }
          | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string }
         }> }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string }
   };

export type RunSqlMutationVariables = Exact<{
  statement: RunSqlInput;
}>;


export type RunSqlMutation = { readonly runSql:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OutcomeUnknown', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PmsError', readonly errorType: string, readonly errorCode: number | null, readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'QueryTimedOut', readonly asyncQueryId: `${string}-${string}-${string}-${string}-${string}` | null, readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'ResultTooLarge', readonly asyncQueryId: `${string}-${string}-${string}-${string}-${string}` | null, readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RunSqlPayload', readonly result: { readonly id: `${string}-${string}-${string}-${string}-${string}` | null, readonly rows: ReadonlyArray<unknown> | null, readonly rowCount: number | null, readonly rowsAffected: number | null, readonly sqlExecutionMs: number | null, readonly outputParameters: ReadonlyArray<{ readonly name: string, readonly value: string | null }> } }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

export type StartSqlQueryMutationVariables = Exact<{
  query: StartSqlQueryInput;
}>;


export type StartSqlQueryMutation = { readonly startSqlQuery:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'OutcomeUnknown', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'StartSqlQueryPayload', readonly query: { readonly id: string, readonly queryId: `${string}-${string}-${string}-${string}-${string}`, readonly status: SqlQueryStatus, readonly page:
          | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
          | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
          | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
          | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
          | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
          | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
          | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
          | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
          | { readonly __typename: 'ResultExpired', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
          | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
          | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
          | { readonly __typename: 'SqlResultPage', readonly number: number, readonly rows: ReadonlyArray<unknown> }
          | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
         } }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

export type SqlPageQueryVariables = Exact<{
  bpSiteId: string;
  queryId: string;
  number: number;
}>;


export type SqlPageQuery = { readonly practice:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'Practice', readonly id: string, readonly site: { readonly id: string, readonly sqlQuery:
          | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
          | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
          | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
          | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
          | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
          | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
          | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
          | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
          | { readonly __typename: 'SqlQuery', readonly id: string, readonly status: SqlQueryStatus, readonly rowCount: number | null, readonly pages: ReadonlyArray<{ readonly number: number, readonly status: string, readonly rowCount: number | null }>, readonly error: { readonly errorType: string, readonly errorCode: number | null } | null, readonly page:
              | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
              | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
              | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
              | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
              | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
              | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
              | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
              | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
              | { readonly __typename: 'ResultExpired', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
              | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
              | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
              | { readonly __typename: 'SqlResultPage', readonly number: number, readonly rows: ReadonlyArray<unknown> }
              | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
             }
          | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
         } }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean }
   };

type SqlPageOrFailure_AccessDenied_Fragment = { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlPageOrFailure_AuthoritativeServerChanged_Fragment = { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlPageOrFailure_InvalidInput_Fragment = { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> };

type SqlPageOrFailure_NotFound_Fragment = { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlPageOrFailure_PmsError_Fragment = { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlPageOrFailure_PracticeIdentityChanged_Fragment = { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlPageOrFailure_QueryTimedOut_Fragment = { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlPageOrFailure_RateLimited_Fragment = { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlPageOrFailure_ResultExpired_Fragment = { readonly __typename: 'ResultExpired', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlPageOrFailure_ResultTooLarge_Fragment = { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlPageOrFailure_SiteUnavailable_Fragment = { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlPageOrFailure_SqlResultPage_Fragment = { readonly __typename: 'SqlResultPage', readonly number: number, readonly rows: ReadonlyArray<unknown> };

type SqlPageOrFailure_UpstreamFailed_Fragment = { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

export type SqlPageOrFailureFragment =
  | SqlPageOrFailure_AccessDenied_Fragment
  | SqlPageOrFailure_AuthoritativeServerChanged_Fragment
  | SqlPageOrFailure_InvalidInput_Fragment
  | SqlPageOrFailure_NotFound_Fragment
  | SqlPageOrFailure_PmsError_Fragment
  | SqlPageOrFailure_PracticeIdentityChanged_Fragment
  | SqlPageOrFailure_QueryTimedOut_Fragment
  | SqlPageOrFailure_RateLimited_Fragment
  | SqlPageOrFailure_ResultExpired_Fragment
  | SqlPageOrFailure_ResultTooLarge_Fragment
  | SqlPageOrFailure_SiteUnavailable_Fragment
  | SqlPageOrFailure_SqlResultPage_Fragment
  | SqlPageOrFailure_UpstreamFailed_Fragment
;

type SqlFailure_AccessDenied_Fragment = { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlFailure_AuthoritativeServerChanged_Fragment = { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlFailure_InvalidInput_Fragment = { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> };

type SqlFailure_NotFound_Fragment = { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlFailure_OperationNotSupported_Fragment = { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlFailure_OutcomeUnknown_Fragment = { readonly __typename: 'OutcomeUnknown', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlFailure_PmsError_Fragment = { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlFailure_PracticeIdentityChanged_Fragment = { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlFailure_QueryTimedOut_Fragment = { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlFailure_RateLimited_Fragment = { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlFailure_ResultExpired_Fragment = { readonly __typename: 'ResultExpired', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlFailure_ResultTooLarge_Fragment = { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlFailure_SiteUnavailable_Fragment = { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlFailure_SlotTaken_Fragment = { readonly __typename: 'SlotTaken', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

type SqlFailure_UpstreamFailed_Fragment = { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string, readonly retryable: boolean };

export type SqlFailureFragment =
  | SqlFailure_AccessDenied_Fragment
  | SqlFailure_AuthoritativeServerChanged_Fragment
  | SqlFailure_InvalidInput_Fragment
  | SqlFailure_NotFound_Fragment
  | SqlFailure_OperationNotSupported_Fragment
  | SqlFailure_OutcomeUnknown_Fragment
  | SqlFailure_PmsError_Fragment
  | SqlFailure_PracticeIdentityChanged_Fragment
  | SqlFailure_QueryTimedOut_Fragment
  | SqlFailure_RateLimited_Fragment
  | SqlFailure_ResultExpired_Fragment
  | SqlFailure_ResultTooLarge_Fragment
  | SqlFailure_SiteUnavailable_Fragment
  | SqlFailure_SlotTaken_Fragment
  | SqlFailure_UpstreamFailed_Fragment
;

export type UsersWithAppointmentsQueryVariables = Exact<{
  bpSiteId: string;
  date: string;
}>;


export type UsersWithAppointmentsQuery = { readonly practice:
    | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'NotFound', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'Practice', readonly id: string, readonly users:
        | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string }
        | { readonly __typename: 'UserConnection', readonly nodes: ReadonlyArray<{ readonly id: string, readonly displayName: string, readonly role: UserRole, readonly appointments:
              | { readonly __typename: 'AccessDenied', readonly code: HaloErrorCode, readonly message: string }
              | { readonly __typename: 'AppointmentConnection', readonly nodes: ReadonlyArray<{ readonly id: string, readonly start: `${number}-${number}-${number}T${string}`, readonly durationMinutes: number, readonly status: AppointmentStatus, readonly patient: { readonly id: string, readonly fullName: string } | null }> }
              | { readonly __typename: 'AuthoritativeServerChanged', readonly code: HaloErrorCode, readonly message: string }
              | { readonly __typename: 'InvalidInput', readonly code: HaloErrorCode, readonly message: string }
              | { readonly __typename: 'OperationNotSupported', readonly code: HaloErrorCode, readonly message: string }
              | { readonly __typename: 'PmsError', readonly code: HaloErrorCode, readonly message: string }
              | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string }
              | { readonly __typename: 'QueryTimedOut', readonly code: HaloErrorCode, readonly message: string }
              | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string }
              | { readonly __typename: 'ResultTooLarge', readonly code: HaloErrorCode, readonly message: string }
              | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string }
              | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string }
             }> }
       }
    | { readonly __typename: 'PracticeIdentityChanged', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'RateLimited', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'SiteUnavailable', readonly code: HaloErrorCode, readonly message: string }
    | { readonly __typename: 'UpstreamFailed', readonly code: HaloErrorCode, readonly message: string }
   };

export const BookedAppointmentFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookedAppointment"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Appointment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}}]}}]} as unknown as DocumentNode<BookedAppointmentFragment, unknown>;
export const WriteFailureFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"WriteFailure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<WriteFailureFragment, unknown>;
export const FlatDayBookRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FlatDayBookRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Appointment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"type"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<FlatDayBookRowFragment, unknown>;
export const DaysNotWrittenFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DaysNotWritten"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<DaysNotWrittenFragment, unknown>;
export const BookEdgeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookEdge"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AppointmentEdge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"type"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"practice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<BookEdgeFragment, unknown>;
export const ChangeFailureFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChangeFailure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ChangeFailureFragment, unknown>;
export const RegisteredPatientFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RegisteredPatient"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Patient"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"mobilePhone"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"medicare"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"individualReferenceNumber"}}]}}]}}]} as unknown as DocumentNode<RegisteredPatientFragment, unknown>;
export const PatientNotWrittenFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PatientNotWritten"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PatientNotWrittenFragment, unknown>;
export const SqlFailureFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SqlFailure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<SqlFailureFragment, unknown>;
export const SqlPageOrFailureFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SqlPageOrFailure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SqlResultPageResult"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SqlResultPage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"rows"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"SqlFailure"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SqlFailure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<SqlPageOrFailureFragment, unknown>;
export const TimesToBookDocument = {"__meta__":{"hash":"sha256:5f14e29132d3274c16ffb54efdc100405b0409e5761dcac6e4b622c5dbde3ad8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TimesToBook"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"durationMinutes"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"practice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"bpSiteId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Practice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"availableSlots"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"durationMinutes"},"value":{"kind":"Variable","name":{"kind":"Name","value":"durationMinutes"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AvailableSlots"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slots"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"emptyBecause"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]}}]} as unknown as DocumentNode<TimesToBookQuery, TimesToBookQueryVariables>;
export const BookAppointmentDocument = {"__meta__":{"hash":"sha256:faa88d09f82c4ad6c872b648a3eb565fedce8a325186694e4541d4fa4d46d8e4"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"BookAppointment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"booking"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"BookAppointmentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bookAppointment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"booking"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BookAppointmentPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appointment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BookedAppointment"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OutcomeUnknown"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"WriteFailure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookedAppointment"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Appointment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"WriteFailure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<BookAppointmentMutation, BookAppointmentMutationVariables>;
export const MoveAppointmentDocument = {"__meta__":{"hash":"sha256:801cc1d9aa25334274db5b66f60fda5074671c6d14aff274b166fca68e921383"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"MoveAppointment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"move"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MoveAppointmentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"moveAppointment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"move"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MoveAppointmentPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appointment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BookedAppointment"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"WriteFailure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookedAppointment"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Appointment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"WriteFailure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<MoveAppointmentMutation, MoveAppointmentMutationVariables>;
export const CancelAppointmentDocument = {"__meta__":{"hash":"sha256:12fe1997350b99567ae0906a969b1c63764675397d865a88d7b51b9d63570f41"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelAppointment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"cancellation"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelAppointmentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelAppointment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"cancellation"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CancelAppointmentPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appointment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BookedAppointment"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"WriteFailure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookedAppointment"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Appointment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"WriteFailure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CancelAppointmentMutation, CancelAppointmentMutationVariables>;
export const ClinicHoursDocument = {"__meta__":{"hash":"sha256:124db96392af7d4e14ebf1efbf61713137f54219493fc19b20c3eed1aa73d127"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ClinicHours"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"practice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"bpSiteId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Practice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"locations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LocationConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"address"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"line1"}},{"kind":"Field","name":{"kind":"Name","value":"suburb"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"postcode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"clinicHours"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"openNow"}},{"kind":"Field","name":{"kind":"Name","value":"nextOpening"}},{"kind":"Field","name":{"kind":"Name","value":"week"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"day"}},{"kind":"Field","name":{"kind":"Name","value":"periods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"opens"}},{"kind":"Field","name":{"kind":"Name","value":"closes"}}]}}]}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"daysClosed"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DaysClosed"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ClinicHoursQuery, ClinicHoursQueryVariables>;
export const FlatDayBookDocument = {"__meta__":{"hash":"sha256:40036fe7fde8f0946d2cb942b9c3f7d4cf7c3ba8fcebb618017feed8db8a0fc8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FlatDayBook"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"date"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"practice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"bpSiteId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"appointmentsConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"date"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"FlatDayBookRow"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FlatDayBookRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Appointment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"type"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<FlatDayBookQuery, FlatDayBookQueryVariables>;
export const DayBookDocument = {"__meta__":{"hash":"sha256:55003cb965e5e3a2d416e81f05b1132194ff89d155bc43684091763daa1e2403"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DayBook"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"date"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"practice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"bpSiteId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Practice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"appointments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"date"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AppointmentConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"pmsStatus"}},{"kind":"Field","name":{"kind":"Name","value":"urgent"}},{"kind":"Field","name":{"kind":"Name","value":"type"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"mobilePhone"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"location"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]}}]} as unknown as DocumentNode<DayBookQuery, DayBookQueryVariables>;
export const AddLeaveDocument = {"__meta__":{"hash":"sha256:bca89efa480eb491d686f0bd0030698b37b18a6d08c76740e26f5b849172d6ad"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddLeave"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"leave"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddUserDaysAwayInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addUserDaysAway"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"leave"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AddUserDaysAwayPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dayAway"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"pmsId"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"DaysNotWritten"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DaysNotWritten"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<AddLeaveMutation, AddLeaveMutationVariables>;
export const ClosePracticeDocument = {"__meta__":{"hash":"sha256:aeca2519992d4587b4fffd3f62d5587b8387be86e877f4f4b0928760e182a856"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ClosePractice"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"closing"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddDaysClosedInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addDaysClosed"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"closing"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AddDaysClosedPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dayClosed"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"pmsId"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"DaysNotWritten"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DaysNotWritten"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ClosePracticeMutation, ClosePracticeMutationVariables>;
export const OpenPracticeAgainDocument = {"__meta__":{"hash":"sha256:851063ffedbbc658bab134bda59a265eeff7ddc1e5510d8556cbfd141591322a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"OpenPracticeAgain"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"opening"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RemoveDaysClosedInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removeDaysClosed"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"opening"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RemoveDaysClosedPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"practice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"DaysNotWritten"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DaysNotWritten"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<OpenPracticeAgainMutation, OpenPracticeAgainMutationVariables>;
export const FlatPatientSearchDocument = {"__meta__":{"hash":"sha256:0a999792372b9bcefb7aede1ee0b4e94bd0b74d23a1b4f34a03bd81fdfffafd7"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FlatPatientSearch"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"search"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PatientSearch"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"practice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"bpSiteId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"patientsConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<FlatPatientSearchQuery, FlatPatientSearchQueryVariables>;
export const FlatFreeSlotsDocument = {"__meta__":{"hash":"sha256:99c662ca67505780e842a6073e288350ce82080dc78ec065d4a0ea89490a4877"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FlatFreeSlots"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"date"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"durationMinutes"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"practice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"bpSiteId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"availableSlotsOrNull"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"date"}}},{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"durationMinutes"},"value":{"kind":"Variable","name":{"kind":"Name","value":"durationMinutes"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slots"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"emptyBecause"}}]}}]}}]}}]}}]} as unknown as DocumentNode<FlatFreeSlotsQuery, FlatFreeSlotsQueryVariables>;
export const BookIntoListDocument = {"__meta__":{"hash":"sha256:27169c5770324b75f614a8a63b7fe5f38ae77f253389eeb9b19ae6a394952978"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"BookIntoList"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"BookAppointmentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bookAppointment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BookAppointmentPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edge"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BookEdge"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ChangeFailure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookEdge"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AppointmentEdge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"type"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"practice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChangeFailure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<BookIntoListMutation, BookIntoListMutationVariables>;
export const MoveInListDocument = {"__meta__":{"hash":"sha256:1a45ee8eccc2920b2508cecb22793c8584ec1fe1d0e8a98cd06969a32fc82ba9"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"MoveInList"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MoveAppointmentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"moveAppointment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MoveAppointmentPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edge"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BookEdge"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ChangeFailure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BookEdge"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AppointmentEdge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"type"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"practice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChangeFailure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<MoveInListMutation, MoveInListMutationVariables>;
export const CancelInListDocument = {"__meta__":{"hash":"sha256:303197bd1b368418786e4881b112ac1e4be23ca3202d2e7539abd33c8be291eb"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelInList"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelAppointmentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelAppointment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CancelAppointmentPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelledAppointmentId"}},{"kind":"Field","name":{"kind":"Name","value":"appointment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"practice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ChangeFailure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChangeFailure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CancelInListMutation, CancelInListMutationVariables>;
export const FreeSlotsDocument = {"__meta__":{"hash":"sha256:e695c3b9b236afcad7944b76c6f9cd9157b402aad723f6f86bb0dca4a00537da"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FreeSlots"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"durationMinutes"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"practice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"bpSiteId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Practice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"availableSlots"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}},{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"durationMinutes"},"value":{"kind":"Variable","name":{"kind":"Name","value":"durationMinutes"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AvailableSlots"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slots"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"location"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"emptyBecause"}},{"kind":"Field","name":{"kind":"Name","value":"complete"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]}}]} as unknown as DocumentNode<FreeSlotsQuery, FreeSlotsQueryVariables>;
export const MovedPracticeDocument = {"__meta__":{"hash":"sha256:43d81b55d6f0634d93fadd2d4767228d77cf37f0b473169fc44720d63af4e995"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MovedPractice"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"haloGuid"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UUID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"site"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"haloGuid"},"value":{"kind":"Variable","name":{"kind":"Name","value":"haloGuid"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Site"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"haloGuid"}},{"kind":"Field","name":{"kind":"Name","value":"availability"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthoritativeServerChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestedHaloGuid"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBpSiteId"}},{"kind":"Field","name":{"kind":"Name","value":"currentHaloGuid"}},{"kind":"Field","name":{"kind":"Name","value":"currentSite"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"haloGuid"}},{"kind":"Field","name":{"kind":"Name","value":"availability"}},{"kind":"Field","name":{"kind":"Name","value":"haloLinkVersion"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]}}]} as unknown as DocumentNode<MovedPracticeQuery, MovedPracticeQueryVariables>;
export const AddPatientDocument = {"__meta__":{"hash":"sha256:5346c31188665f05632b8c12eaf2de4a5a24379a2ec4698e6bfb0c6949085a37"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddPatient"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"patient"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddPatientInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addPatient"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"patient"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AddPatientPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RegisteredPatient"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OutcomeUnknown"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"PatientNotWritten"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RegisteredPatient"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Patient"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"mobilePhone"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"medicare"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"individualReferenceNumber"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PatientNotWritten"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<AddPatientMutation, AddPatientMutationVariables>;
export const UpdatePatientDocument = {"__meta__":{"hash":"sha256:e776ecb8fb8730b56b99819b2d1cc88e33f613b1d317dfc13d3debe1d42c2f15"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdatePatient"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"changes"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdatePatientInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updatePatient"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"changes"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UpdatePatientPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RegisteredPatient"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"PatientNotWritten"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RegisteredPatient"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Patient"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"mobilePhone"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"medicare"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"individualReferenceNumber"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PatientNotWritten"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<UpdatePatientMutation, UpdatePatientMutationVariables>;
export const PatientRecordDocument = {"__meta__":{"hash":"sha256:81737b0c6eac0712a1b30d1d21063df60370bae087e60dbc8bff80082b5f330b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PatientRecord"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"patientId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"practice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"bpSiteId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Practice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pmsId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"patientId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Patient"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}},{"kind":"Field","name":{"kind":"Name","value":"preferredName"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"sex"}},{"kind":"Field","name":{"kind":"Name","value":"homePhone"}},{"kind":"Field","name":{"kind":"Name","value":"mobilePhone"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"address"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"line1"}},{"kind":"Field","name":{"kind":"Name","value":"line2"}},{"kind":"Field","name":{"kind":"Name","value":"suburb"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"postcode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"medicare"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"individualReferenceNumber"}},{"kind":"Field","name":{"kind":"Name","value":"expiry"}}]}},{"kind":"Field","name":{"kind":"Name","value":"usualUser"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"appointments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AppointmentConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotFound"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PatientRecordQuery, PatientRecordQueryVariables>;
export const PatientSearchDocument = {"__meta__":{"hash":"sha256:e797fc3ed9dff80f4d65b7f3101f47a5c8302b272a4aeb478c90e74a430a3ef6"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PatientSearch"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"search"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PatientSearch"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"practice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"bpSiteId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Practice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"patients"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PatientConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}},{"kind":"Field","name":{"kind":"Name","value":"preferredName"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"sex"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"mobilePhone"}},{"kind":"Field","name":{"kind":"Name","value":"address"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"suburb"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]}}]} as unknown as DocumentNode<PatientSearchQuery, PatientSearchQueryVariables>;
export const PracticeDashboardDocument = {"__meta__":{"hash":"sha256:fd4dcc70babc1db9fd13eb974c0a74d3050462fe9bb2b3de5f546308a7231aa7"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PracticeDashboard"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteIds"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"date"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"practices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"bpSiteIds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteIds"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Practice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"bpSiteId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"appointments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"date"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AppointmentConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SiteUnavailable"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"availability"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PracticeDashboardQuery, PracticeDashboardQueryVariables>;
export const SiteStatusDocument = {"__meta__":{"hash":"sha256:aceecf889babacd8db2199cf1aee1fa5eafa08dae29abf69141fba7ef6c64fe3"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SiteStatus"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"pmsSiteId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sites"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pmsSiteId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pmsSiteId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Sites"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"haloGuid"}},{"kind":"Field","name":{"kind":"Name","value":"authoritative"}},{"kind":"Field","name":{"kind":"Name","value":"availability"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"haloLinkVersion"}},{"kind":"Field","name":{"kind":"Name","value":"lastHeartbeatAt"}},{"kind":"Field","name":{"kind":"Name","value":"pms"}},{"kind":"Field","name":{"kind":"Name","value":"pmsVersion"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SiteCapabilities"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operation"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fhirVersion"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<SiteStatusQuery, SiteStatusQueryVariables>;
export const RunSqlDocument = {"__meta__":{"hash":"sha256:9046330999ac46cc4b7405448cd9dbc4c90264094f673b79879eb8f53a82f50f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RunSql"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"statement"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RunSqlInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runSql"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"statement"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RunSqlPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"result"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"rows"}},{"kind":"Field","name":{"kind":"Name","value":"rowCount"}},{"kind":"Field","name":{"kind":"Name","value":"rowsAffected"}},{"kind":"Field","name":{"kind":"Name","value":"outputParameters"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sqlExecutionMs"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PmsError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"errorType"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"QueryTimedOut"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"asyncQueryId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ResultTooLarge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"asyncQueryId"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"SqlFailure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SqlFailure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<RunSqlMutation, RunSqlMutationVariables>;
export const StartSqlQueryDocument = {"__meta__":{"hash":"sha256:b68d1595b4d3bd08819d4fb46e2bb469436413664189ee6c0c5b28e42487688c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartSqlQuery"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"query"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StartSqlQueryInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startSqlQuery"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"query"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StartSqlQueryPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"query"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"queryId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"page"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"number"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"SqlPageOrFailure"}}]}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"SqlFailure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SqlFailure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SqlPageOrFailure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SqlResultPageResult"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SqlResultPage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"rows"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"SqlFailure"}}]}}]} as unknown as DocumentNode<StartSqlQueryMutation, StartSqlQueryMutationVariables>;
export const SqlPageDocument = {"__meta__":{"hash":"sha256:c26f70e7fbd64d6f3161dbc9be140cc58cd03e4854a3f7b2f7dfad13247ca0b5"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SqlPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"queryId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UUID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"number"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"practice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"bpSiteId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Practice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"site"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sqlQuery"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"queryId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SqlQuery"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"rowCount"}},{"kind":"Field","name":{"kind":"Name","value":"pages"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"rowCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"errorType"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"page"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"number"},"value":{"kind":"Variable","name":{"kind":"Name","value":"number"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"SqlPageOrFailure"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"SqlFailure"}}]}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"SqlFailure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SqlFailure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SqlPageOrFailure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SqlResultPageResult"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SqlResultPage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"rows"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"SqlFailure"}}]}}]} as unknown as DocumentNode<SqlPageQuery, SqlPageQueryVariables>;
export const UsersWithAppointmentsDocument = {"__meta__":{"hash":"sha256:9c99af885c5fdbb313b725d3dc7771cb0a8d11b619f63a988766e470a4126ef0"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"UsersWithAppointments"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"date"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"practice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"bpSiteId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bpSiteId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Practice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"takesAppointments"},"value":{"kind":"BooleanValue","value":true}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"appointments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"date"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AppointmentConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"patient"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"HaloError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<UsersWithAppointmentsQuery, UsersWithAppointmentsQueryVariables>;