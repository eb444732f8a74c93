/** The schema of all peers: the same data as the facade's schema, without errors as data. */
export const typeDefs = `
  type Query {
    practice(id: ID!): Practice
    practices(ids: [ID!]!): [Practice!]!
  }
  type Practice {
    bpSiteId: ID!
    appointments(from: String!, to: String!): [Appointment!]!
    patients(name: String!): [Patient!]!
  }
  type Appointment {
    pmsId: ID!
    start: String!
    end: String!
    durationMinutes: Int!
    status: String!
    reason: String
    type: AppointmentType
    patient: Patient
    user: User
  }
  type AppointmentType { name: String! }
  type Patient { pmsId: ID! fullName: String! birthDate: String mobilePhone: String }
  type User { pmsId: ID! displayName: String! }
  type Mutation {
    bookAppointment(input: BookAppointmentInput!): AppointmentPayload
    cancelAppointment(input: CancelAppointmentInput!): AppointmentPayload
  }
  type AppointmentPayload { appointment: Appointment! }
  input BookAppointmentInput {
    bpSiteId: ID! userId: ID! patientId: ID! start: String! durationMinutes: Int! typeId: ID! locationId: ID!
  }
  input CancelAppointmentInput { bpSiteId: ID! appointmentId: ID! }
`;
