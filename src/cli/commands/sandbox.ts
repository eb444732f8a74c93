import { type Command, UsageError } from '../command.ts';

export const sandbox: Command = {
  synopsis: '[--port <port>] [--key <key>]',
  summary: 'starts a Halo Cloud of invented practices, without the server',
  details: `For a server, a test or another program on this machine. Ctrl-C ends it.

  --port <port>   the port on 127.0.0.1; 0: a free one (default 4001)
  --key <key>     the subscription key that it accepts (default: sandbox-key-not-secret)`,
  options: { port: { type: 'string' }, key: { type: 'string' } },
  async run({ values }) {
    const { port = '4001', key } = values;
    if (!/^\d{1,5}$/.test(String(port)) || Number(port) > 65_535)
      throw new UsageError('--port must be a number from 0 to 65535.');
    const { runSandbox, sandboxKey } = await import('../../sandbox-process.ts');
    return runSandbox({ port: String(port), key: String(key ?? sandboxKey) });
  },
};
