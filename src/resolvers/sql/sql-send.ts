/** Steps of a statement in all three modes: check the input, find the site, send once, write the audit line. */
import type { GraphContext } from '../../context.ts';
import type { SqlCommand } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { InputCheck } from '../check-input.ts';
import { audited, type SqlMode, type SqlTrace } from './sql-audit.ts';
import { checkCatalogue, readCommand, type SqlCommandInput } from './sql-command.ts';
import { openSqlSite, readPlace, type SiteRef, type SqlTarget } from './sql-place.ts';

interface StatementInput {
  readonly site: SiteRef;
  readonly command: SqlCommandInput;
}

/**
 * Throws InvalidInput with the issues of `check` and of the command, and what `send` throws. NoAnswer becomes OutcomeUnknown
 * without an idempotency key: SQL has none.
 */
export function sendStatement<T>(
  context: GraphContext,
  mode: SqlMode,
  input: StatementInput,
  check: (check: InputCheck) => void,
  send: (target: SqlTarget, command: SqlCommand, trace: SqlTrace) => Promise<T>,
): Promise<T> {
  return audited(context, mode, input.command, async (trace) => {
    const inputCheck = new InputCheck();
    const place = readPlace(inputCheck, ['input', 'site'], input.site);
    const command = readCommand(inputCheck, input.command);
    check(inputCheck);
    inputCheck.done();
    if ('haloGuid' in place) trace.haloGuid = place.haloGuid;
    else trace.bpSiteId = place.pmsSiteId;
    const target = await openSqlSite(place, context);
    trace.bpSiteId = target.bpSiteId;
    trace.haloGuid = target.sqlSite.haloGuid;
    await checkCatalogue(command, target);
    return send(target, command, trace);
  });
}
