// What a Relay app would write; `relay-compiler` checks it against the schema and makes the artifacts of it.
import { graphql } from 'relay-runtime';

export const query = graphql`
  query operationsBookQuery($bpSiteId: ID!, $date: Date!) {
    viewer {
      practice(bpSiteId: $bpSiteId) {
        id
        ...operations_book @arguments(date: $date, count: 3)
      }
    }
  }
`;

export const fragment = graphql`
  fragment operations_book on Practice
  @refetchable(queryName: "operationsBookPageQuery")
  @argumentDefinitions(date: { type: "Date!" }, count: { type: "Int", defaultValue: 3 }, cursor: { type: "String" }) {
    appointmentsConnection(from: $date, first: $count, after: $cursor)
      @connection(key: "operations_book_appointmentsConnection") {
      edges {
        node {
          id
          start
        }
      }
    }
  }
`;

export const booking = graphql`
  mutation operationsBookingMutation($input: BookAppointmentInput!, $connections: [ID!]!) {
    bookAppointment(input: $input) {
      __typename
      ... on BookAppointmentPayload {
        edge @appendEdge(connections: $connections) {
          node {
            id
            start
          }
        }
      }
    }
  }
`;

export const cancellation = graphql`
  mutation operationsCancellationMutation($input: CancelAppointmentInput!, $connections: [ID!]!) {
    cancelAppointment(input: $input) {
      __typename
      ... on CancelAppointmentPayload {
        cancelledAppointmentId @deleteEdge(connections: $connections)
      }
    }
  }
`;
