/** The text that a new user reads when the sandbox is running. */
export function welcome(url: string, bpSiteId: string, notes: readonly string[]): string {
  return `
  halo-graph is up, with a sandbox Halo Cloud of invented practices.

  GraphiQL        ${url}
  Bp Site ID      ${bpSiteId}   (others: sandbox/README.md)
  A first query   { practice(bpSiteId: "${bpSiteId}") { ... on Practice { name timeZone } ... on HaloError { code message } } }

  A real practice: HALO_ENVIRONMENT=staging HALO_SUBSCRIPTION_KEY=… API_KEYS_FILE=… npm start (README.md)
${notes.map((note) => `  ${note}\n`).join('')}  Ctrl-C stops everything.

`;
}
