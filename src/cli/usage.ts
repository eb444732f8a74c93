/** What `halo-graph --help` prints. */
export const usage = `Usage: halo-graph <command>

  check [bpSiteId] [--json]  whether key, environment, IP, pairing, site, Bp Premier API and database work, and what to fix.
                             Without a Bp Site ID: every practice of PRACTICES_FILE, else key and environment alone.
                             Each practice costs one charged call, two when tables cannot be read.
  schema                     the GraphQL schema, in SDL
  start                      the server

The configuration is the server's: HALO_ENVIRONMENT, HALO_SUBSCRIPTION_KEY, PRACTICES_FILE and the others of README.md.
Exit code: 0 all right, 1 something to fix, 2 wrong usage or configuration.
`;
