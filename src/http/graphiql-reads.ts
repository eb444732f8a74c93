/** Operations of GraphiQL's tabs that only read. */

// GraphiQL sends the chosen operation with all fragments of its tab. An unused fragment is an error, so each operation of a
// tab must use all of its fragments.
// Lines have at most 50 characters: the toolbar hides the rest on a laptop.
export const welcome = `
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

export const dayBook = `
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

export const freeSlots = `
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

export const patientSearch = `
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

export const liveBook = `
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

export const movedPractice = `
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

export const offlinePractice = `
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
