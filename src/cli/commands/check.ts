import { ConfigError } from '../../config.ts';
import { unknownVariables } from '../../unknown-variables.ts';
import { type Command, print, UsageError } from '../command.ts';

export const check: Command = {
  synopsis: '[bpSiteId] [--json]',
  summary: 'checks the configuration, the keys and a practice, and says what to fix',
  details: `Checks keys, environment, IP, pairing, site, Bp Premier API and database. Writes nothing.
Without a Bp Site ID: every practice of PRACTICES_FILE, else only the keys and the environment.
Each practice costs one charged call, or two when tables cannot be read.

  --json   prints the findings as JSON`,
  options: { json: { type: 'boolean' } },
  maxOperands: 1,
  async run({ operands, values }) {
    const bpSiteId = operands[0]?.trim();
    if (bpSiteId === '') throw new UsageError('The Bp Site ID is empty.');
    const unknown = unknownVariables(process.env);
    if (unknown.length > 0) throw new ConfigError(unknown.map(({ line }) => line));
    const { checkFromEnvironment } = await import('../check-from-environment.ts');
    const { text, allRight } = await checkFromEnvironment(process.env, {
      bpSiteId,
      json: values.json === true,
    });
    print(text);
    return allRight ? 0 : 1;
  },
};
