import { type Command, print, UsageError } from '../command.ts';

export const confirm: Command = {
  synopsis: '<bpSiteId> [--json] [--yes] [--registered]',
  summary: 'reads counts at a practice, and reports which assumptions hold there',
  details: `Reports which of docs/assumptions.md hold at the practice, and what to change where
not. It reads counts and shapes, no details of patients, and changes nothing.
At most 6 charged calls; it shows the price and waits for a yes first. See docs/confirm.md.

  --json         prints the report as JSON, for the maintainers
  --yes          accepts the price
  --registered   tries a registered query too: one charged call more`,
  exitCodes: `Exit code: 0 no assumption fails, 1 an assumption does not hold, 2 wrong usage or configuration,
3 it was not carried out.`,
  options: { json: { type: 'boolean' }, yes: { type: 'boolean' }, registered: { type: 'boolean' } },
  maxOperands: 1,
  async run({ operands, values: { json, yes, registered } }) {
    const bpSiteId = operands[0]?.trim() ?? '';
    if (bpSiteId === '') throw new UsageError('confirm takes one Bp Site ID.');
    const { promptAtTerminal, confirmFromEnvironment } = await import('../confirm-from-environment.ts');
    const options = { bpSiteId, json: json === true, yes: yes === true, registered: registered === true };
    const prompt = process.stdin.isTTY ? promptAtTerminal : null;
    const { text, problem, exitCode } = await confirmFromEnvironment(process.env, options, prompt);
    process.stderr.write(problem);
    print(text);
    return exitCode;
  },
};
