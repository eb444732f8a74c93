/** The tabs that GraphiQL opens with. Their operations work with the sandbox as it starts. */

import { faultHeader } from '../datasources/halo-cloud/transport/call-headers.ts';
import { addDays, dayOfWeek, localInstant, today } from '../time/local.ts';
import type { DayOfWeek, LocalDate } from '../time/types.ts';

export interface GraphiqlTab {
  readonly query: string;
  readonly variables: string;
  readonly headers: string;
}

/** The Halo GUID that the sandbox's practice 1005 had before it moved to another server. */
const formerHaloGuid = '5a4db0c5-0000-4000-a000-000000001005';

/** A multiple of seven days, beyond the last day with appointments in the sandbox. */
const daysPastLastAppointment = 280;

const weekend: readonly DayOfWeek[] = ['SATURDAY', 'SUNDAY'];

/** Today in Sydney, or the next Monday on a weekend, when the sandbox's practices are closed. */
export function nextWeekday(now: number): string {
  let date = today(now, 'Australia/Sydney');
  while (weekend.includes(dayOfWeek(date))) date = addDays(date, 1);
  return date;
}

export function graphiqlTabs(now: number): GraphiqlTab[] {
  const date = nextWeekday(now);
  return [
    tab(welcome, {}),
    tab(dayBook, { bpSiteId: '1001', date }),
    tab(freeSlots, { bpSiteId: '1001', from: date, to: addDays(date, 6) }),
    tab(patientSearch, { bpSiteId: '1001', search: { name: 'sam' } }),
    tab(bookMoveCancel, booking(addDays(date, daysPastLastAppointment))),
    tab(liveBook, { bpSiteId: '1001', from: addDays(date, daysPastLastAppointment) }),
    tab(sqlPassthrough, sql()),
    tab(movedPractice, { bpSiteId: '1005', formerHaloGuid, date }, { [faultHeader]: '1005:moved' }),
    tab(offlinePractice, { bpSiteIds: ['1001', '1007'], date }),
  ];
}

/** Variables for practice 1001: user 2 has sessions every weekday from 08:30, and patient 1 is active. */
function booking(date: LocalDate): object {
  const at = (hours: number) => localInstant(date, hours * 3600, 'Australia/Sydney');
  const bpSiteId = '1001';
  const appointmentId = 'paste the id of the booked appointment';
  return {
    bpSiteId,
    from: date,
    userId: '2',
    booking: {
      bpSiteId,
      userId: '2',
      patientId: '1',
      start: at(10),
      reason: 'Sample reason',
      idempotencyKey: 'change-me-for-another-booking',
    },
    move: { bpSiteId, appointmentId, start: at(11) },
    cancellation: { bpSiteId, appointmentId },
  };
}

/** Variables for practice 1001: reads its short appointment types. */
function sql(): object {
  const site = { bpSiteId: '1001' };
  const command = {
    text: 'SELECT APPOINTMENTCODE, DESCRIPTION, APPOINTMENTLENGTH FROM APPOINTMENTTYPES WHERE APPOINTMENTLENGTH <= @seconds ORDER BY APPOINTMENTCODE',
    parameters: [{ name: '@seconds', type: 'Int', value: '900' }],
  };
  return { ...site, statement: { site, command }, query: { site, command } };
}

function tab(query: string, variables: object, headers: Record<string, string> = {}): GraphiqlTab {
  return {
    query: query.trimStart(),
    variables: JSON.stringify(variables, null, 2),
    headers: JSON.stringify(headers, null, 2),
  };
}

// GraphiQL sends the chosen operation with all fragments of its tab. An unused fragment is an error, so each operation of a
// tab must use all of its fragments.
// Lines have at most 50 characters: the toolbar hides the rest on a laptop.
const welcome = `
# 1. A practice is found by its Bp Site ID.
# 2. Failures are data: ... on HaloError.
# 3. Below the response stands what it cost.
# 4. Ctrl-Enter runs it, Ctrl-Space suggests.
# 5. More: the other tabs, and the docs (left).
query Welcome {
  viewer {
    environment
    practices { bpSiteId name }
  }
  practice(bpSiteId: "1001") {
    ... on Practice { name timeZone }
    ... on HaloError { code message }
  }
}
`;

const dayBook = `
# The appointment book of a day in one charged
# call: see extensions.halo.cost below the data.
query DayBook($bpSiteId: ID!, $date: Date!) {
  practice(bpSiteId: $bpSiteId) {
    ... on Practice {
      name
      appointments(from: $date) {
        ... on AppointmentConnection {
          nodes {
            start
            durationMinutes
            status
            type { name }
            patient { fullName birthDate }
            user { displayName }
            location { name timeZone }
          }
        }
        ... on HaloError { code message }
      }
    }
    ... on HaloError { code message }
  }
}
`;

const freeSlots = `
# Free slots of a week.
# emptyBecause is the reason if there are none.
query FreeSlots(
  $bpSiteId: ID!, $from: Date!, $to: Date
) {
  practice(bpSiteId: $bpSiteId) {
    ... on Practice {
      availableSlots(from: $from, to: $to) {
        ... on AvailableSlots {
          slots {
            start
            durationMinutes
            user { displayName }
          }
          emptyBecause
          complete
        }
        ... on HaloError { code message }
      }
    }
    ... on HaloError { code message }
  }
}
`;

const patientSearch = `
# Patients with a name that begins with "sam".
# More criteria: birthDate, phone, email,
# medicareNumber.
query PatientSearch(
  $bpSiteId: ID!, $search: PatientSearch!
) {
  practice(bpSiteId: $bpSiteId) {
    ... on Practice {
      patients(search: $search, first: 20) {
        ... on PatientConnection {
          nodes {
            id
            fullName
            birthDate
            mobilePhone
            address { suburb }
          }
          pageInfo { hasNextPage endCursor }
        }
        ... on InvalidInput {
          issues { path message }
        }
        ... on HaloError { code message }
      }
    }
    ... on HaloError { code message }
  }
}
`;

const bookMoveCancel = `
# Press play and choose BookAppointment. Paste the
# id of the appointment into the variables, then
# move and cancel it. The same idempotencyKey
# returns the same booking, and books only once.
# The start in the variables is free in a new
# sandbox. TimesToBook lists other free times.
query TimesToBook(
  $bpSiteId: ID!
  $from: Date!
  $userId: ID
) {
  practice(bpSiteId: $bpSiteId) {
    ... on Practice {
      availableSlots(
        from: $from
        userId: $userId
      ) {
        ... on AvailableSlots {
          slots {
            start
            user { pmsId displayName }
          }
          emptyBecause
        }
        ...Failure
      }
    }
    ...Failure
  }
}

mutation BookAppointment(
  $booking: BookAppointmentInput!
) {
  bookAppointment(input: $booking) {
    ... on BookAppointmentPayload {
      appointment {
        id
        start
        durationMinutes
        status
        reason
        patient { fullName }
        user { displayName }
      }
    }
    ... on OutcomeUnknown { idempotencyKey }
    ...Failure
  }
}

mutation MoveAppointment(
  $move: MoveAppointmentInput!
) {
  moveAppointment(input: $move) {
    ... on MoveAppointmentPayload {
      appointment {
        id
        start
        durationMinutes
        status
        reason
        patient { fullName }
        user { displayName }
      }
    }
    ...Failure
  }
}

mutation CancelAppointment(
  $cancellation: CancelAppointmentInput!
) {
  cancelAppointment(input: $cancellation) {
    ... on CancelAppointmentPayload {
      appointment {
        id
        start
        durationMinutes
        status
        reason
        patient { fullName }
        user { displayName }
      }
    }
    ...Failure
  }
}

fragment Failure on HaloError {
  code
  message
  ... on InvalidInput { issues { path message } }
}
`;

const liveBook = `
# Each change of the book, as it is made. Press
# play: the book of this day is empty at first.
# Then open this page in a second window and book
# there in the tab TimesToBook. Cost per event:
# below the response.
subscription LiveBook(
  $bpSiteId: ID!, $from: Date!
) {
  appointmentBook(
    bpSiteId: $bpSiteId, from: $from
  ) {
    __typename
    ... on AppointmentBookSnapshot {
      asOf
      maxLagSeconds
      appointments { ...Entry }
    }
    ... on AppointmentBookChanged {
      asOf
      changes {
        kind
        previousStart
        appointment { ...Entry }
      }
    }
    ... on AppointmentBookGap {
      since
      message
      retryAfterSeconds
    }
    ... on HaloError { code message }
  }
}

fragment Entry on Appointment {
  start
  status
  reason
  patient { fullName }
  user { displayName }
}
`;

const sqlPassthrough = `
# SQL Passthrough, for data without a field here.
# Press play, choose: RunSql waits for the rows.
# StartSql is for longer queries, and reads the
# first page of the result. Send values as
# parameters, never write them into the text.
query SqlAtSite($bpSiteId: ID!) {
  practice(bpSiteId: $bpSiteId) {
    ... on Practice {
      site {
        catalogues { name isDefault }
        registeredSqlQueries {
          ... on RegisteredSqlQueries {
            nodes { queryId name status }
          }
          ...Failure
        }
      }
    }
    ...Failure
  }
}

mutation RunSql($statement: RunSqlInput!) {
  runSql(input: $statement) {
    ... on RunSqlPayload {
      result { rows rowCount sqlExecutionMs }
    }
    ... on PmsError { errorType errorCode }
    ...Failure
  }
}

mutation StartSql($query: StartSqlQueryInput!) {
  startSqlQuery(input: $query) {
    ... on StartSqlQueryPayload {
      query {
        queryId
        status
        page(number: 1) {
          ... on SqlResultPage { rows }
          ... on HaloError { code message }
        }
      }
    }
    ...Failure
  }
}

fragment Failure on HaloError {
  code
  message
  ... on InvalidInput { issues { path message } }
}
`;

const movedPractice = `
# A practice that has moved to another server.
# Queries by Bp Site ID go to the new server. The
# first has SITE_MOVED in extensions.halo.notices.
# The old Halo GUID returns
# AuthoritativeServerChanged.
query MovedPractice(
  $bpSiteId: ID!
  $formerHaloGuid: UUID!
  $date: Date!
) {
  practice(bpSiteId: $bpSiteId) {
    ... on Practice {
      name
      site { haloGuid availability }
      appointments(from: $date, first: 5) {
        ... on AppointmentConnection {
          nodes { start status }
        }
        ... on HaloError { code message }
      }
    }
    ... on HaloError { code message }
  }
  site(haloGuid: $formerHaloGuid) {
    ... on Site { availability }
    ... on AuthoritativeServerChanged {
      haloGuid
      currentHaloGuid
      currentSite { availability haloLinkVersion }
    }
    ... on HaloError { code message }
  }
}
`;

const offlinePractice = `
# Two practices at once. 1007 is offline: its
# failure is data and does not delay the other.
query OfflinePractice(
  $bpSiteIds: [ID!]!, $date: Date!
) {
  practices(bpSiteIds: $bpSiteIds) {
    __typename
    ... on Practice {
      bpSiteId
      name
      appointments(from: $date, first: 3) {
        __typename
        ... on AppointmentConnection {
          nodes { start status }
        }
        ... on SiteUnavailable {
          availability
          retryAfterSeconds
        }
        ... on HaloError { code message }
      }
    }
    ... on HaloError { code message }
  }
}
`;
