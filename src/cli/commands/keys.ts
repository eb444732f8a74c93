import { createHash, randomBytes } from 'node:crypto';
import { parseApiKeys } from '../../auth/api-key-file.ts';
import { everyScope } from '../../scopes.ts';
import { type Command, print, UsageError } from '../command.ts';

export const keys: Command = {
  synopsis: '<name> --scopes <scope,…> --practices <bpSiteId,…|*> [--json]',
  summary: 'creates an API key, and the entry of API_KEYS_FILE with its hash',
  details: `The key is printed once and stored nowhere: give it to the caller. Add the entry to the list in API_KEYS_FILE, which a running
server reads again within seconds.

  --scopes <scope,…>         ${everyScope.slice(0, 6).join(', ')},
                             ${everyScope.slice(6).join(', ')}
  --practices <bpSiteId,…>   the practices that the caller may access; '*': all
  --json                     prints {"key", "entry"} as JSON`,
  options: { scopes: { type: 'string' }, practices: { type: 'string' }, json: { type: 'boolean' } },
  maxOperands: 1,
  async run({ operands, values }) {
    const [name] = operands;
    if (name === undefined) throw new UsageError('The name of the caller is missing.');
    if (values.scopes === undefined || values.practices === undefined)
      throw new UsageError('--scopes and --practices are needed.');
    const key = randomBytes(32).toString('hex');
    const entry = {
      name,
      sha256: createHash('sha256').update(key).digest('hex'),
      scopes: listOf(values.scopes),
      practices: listOf(values.practices),
    };
    const { faults } = parseApiKeys(JSON.stringify([entry]));
    if (faults.length > 0) throw new UsageError(faults.join('\n'));
    print(values.json === true ? `${JSON.stringify({ key, entry }, undefined, 2)}\n` : textOf(key, entry));
    return 0;
  },
};

const listOf = (text: unknown): readonly string[] =>
  String(text)
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

const textOf = (key: string, entry: object): string => `The key, for the caller alone:

${key}

The entry, for the list in API_KEYS_FILE:

${JSON.stringify(entry, undefined, 2)}
`;
