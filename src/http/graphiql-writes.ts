/** Operations of GraphiQL's tabs that write. The notes in graphiql-reads.ts apply to them too. */

export const bookMoveCancel = `
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

export const sqlPassthrough = `
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
