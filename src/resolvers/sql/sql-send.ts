/** The way of a statement in any of the three modes: what is wrong with it, where to, once, and on record. */
import type { GraphContext } from '../../context.ts';
import type { SqlCommand } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { InputCheck } from '../check-input.ts';
import { audited, type SqlMode, type SqlTrace } from './sql-audit.ts';
import { checkCatalogue, commandAsked, type SqlCommandInput } from './sql-command.ts';
import { openDoor, placeAsked, type SiteRef, type SqlDoor } from './sql-place.ts';

interface StatementInput {
  readonly site: SiteRef;
  readonly command: SqlCommandInput;
}

/**
 * Throws InvalidInput with all that `check` and the command have wrong, and what `send`
 * throws; OutcomeUnknown is of the port's own making, as SQL has no key to ask again with.
 */
export function sendStatement<T>(
  context: GraphContext,
  mode: SqlMode,
  input: StatementInput,
  check: (check: InputCheck) => void,
  send: (door: SqlDoor, command: SqlCommand, trace: SqlTrace) => Promise<T>,
): Promise<T> {
  return audited(context, mode, input.command, async (trace) => {
    const inputCheck = new InputCheck();
    const place = placeAsked(inputCheck, ['input', 'site'], input.site);
    const command = commandAsked(inputCheck, input.command);
    check(inputCheck);
    inputCheck.done();
    if ('haloGuid' in place) trace.haloGuid = place.haloGuid;
    else trace.bpSiteId = place.pmsSiteId;
    const door = await openDoor(place, context);
    trace.bpSiteId = door.bpSiteId;
    trace.haloGuid = door.sqlSite.haloGuid;
    await checkCatalogue(command, door);
    return send(door, command, trace);
  });
}
