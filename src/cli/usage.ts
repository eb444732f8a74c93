/** What `halo-graph --help` prints. */
export const usage = `Usage: halo-graph <command>

  check [bpSiteId] [--json]  checks key, environment, IP, pairing, site, Bp Premier API and database, and says what to fix.
                             Without a Bp Site ID: every practice of PRACTICES_FILE, else only key and environment.
                             Each practice costs one charged call, or two when tables cannot be read.
  schema                     prints the GraphQL schema as SDL
  start                      starts the server

All commands use the server's configuration: HALO_ENVIRONMENT, HALO_SUBSCRIPTION_KEY, PRACTICES_FILE and the others in README.md.
Exit code: 0 all right, 1 something to fix, 2 wrong usage or configuration.
`;
