import { graphql } from 'relay-runtime';

export const liveBook = graphql`
  subscription liveBookSubscription($bpSiteId: ID!, $from: Date!) {
    appointmentBook(bpSiteId: $bpSiteId, from: $from) {
      __typename
      ... on AppointmentBookSnapshot {
        cursor
        appointments {
          id
          reason
        }
      }
      ... on AppointmentBookChanged {
        cursor
        changes {
          kind
          appointment {
            id
            reason
          }
        }
      }
      ... on AppointmentBookGap {
        reason
      }
      ... on HaloError {
        code
      }
    }
  }
`;
