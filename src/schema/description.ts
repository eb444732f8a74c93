/** GraphiQL shows this text first. Every query in it must be valid. */
export const schemaDescription = `
Appointments, patients, users and clinic hours of Australian general practices that run Bp Premier, read and changed through Halo Cloud.

A practice is identified by its Bp Site ID. Three queries to start with; replace \`1001\` and the date by your own:

What you can access:

\`\`\`graphql
{ viewer { name scopes practices { bpSiteId name } } }
\`\`\`

The appointment book of a day:

\`\`\`graphql
{
  practice(bpSiteId: "1001") {
    ... on Practice {
      appointments(from: "2026-11-23") {
        ... on AppointmentConnection {
          nodes { start status patient { fullName } user { displayName } }
        }
        ... on HaloError { code message }
      }
    }
    ... on HaloError { code message }
  }
}
\`\`\`

Free slots of a week:

\`\`\`graphql
{
  practice(bpSiteId: "1001") {
    ... on Practice {
      availableSlots(from: "2026-11-23", to: "2026-11-29") {
        ... on AvailableSlots { slots { start durationMinutes user { displayName } } emptyBecause }
        ... on HaloError { code message }
      }
    }
    ... on HaloError { code message }
  }
}
\`\`\`

Failures are data: most fields return a union of the result and its possible errors. Every error type implements \`HaloError\`. Fields whose names end with \`OrNull\` or \`Connection\`, \`viewer.practice\` and \`viewer.site\` have no union: if they fail, they are null and \`errors\` has an entry. The cost of each operation is in \`extensions.halo.cost\`.
`.trim();
