import type { GraphContext } from '../../context.ts';
import type { Practice } from '../../datasources/practice/practice.ts';
import { HaloError } from '../../errors.ts';
import { InputCheck } from '../check-input.ts';
import type { PracticeEntity } from '../entities.ts';
import { readGlobalId } from '../global-id.ts';

/** `Query.practice` */
export function practice(
  _root: unknown,
  { bpSiteId }: { bpSiteId: string },
  context: GraphContext,
): Promise<PracticeEntity> {
  return findPractice(bpSiteId, ['bpSiteId'], context);
}

/** `Query.practices`: in the order of the argument. Each fails alone. */
export function practices(
  _root: unknown,
  { bpSiteIds }: { bpSiteIds: readonly string[] },
  context: GraphContext,
): Promise<PracticeEntity>[] {
  return bpSiteIds.map((id, index) => findPractice(id, ['bpSiteIds', String(index)], context));
}

/** `Viewer.practices`: the practices that can be resolved now. */
export async function viewerPractices(context: GraphContext): Promise<PracticeEntity[]> {
  const found = await Promise.allSettled(
    context.listed.map((id) => context.practices.find('BEST_PRACTICE', id)),
  );
  return found.flatMap((result): PracticeEntity[] => {
    if (result.status === 'fulfilled') return [{ kind: 'Practice', practice: result.value }];
    if (!(result.reason instanceof HaloError)) throw result.reason;
    context.report(result.reason, 'Viewer.practices');
    return [];
  });
}

/** Finds a practice by Bp Site ID or global id. Throws InvalidInput, and as `Practices.find` does. */
export async function findPractice(
  id: string,
  path: readonly string[],
  context: GraphContext,
): Promise<PracticeEntity> {
  const global = readGlobalId(id);
  const check = new InputCheck();
  const bpSiteId = global ? '' : check.siteId(path, id);
  if (global && (global.type !== 'Practice' || 'haloGuid' in global)) {
    check.reject(path, `This is the id of a ${global.type}, not of a Practice.`);
  }
  check.done();
  const { pms, pmsSiteId } =
    global && 'pms' in global ? global : { pms: 'BEST_PRACTICE' as const, pmsSiteId: bpSiteId };
  return { kind: 'Practice', practice: await context.practices.find(pms, pmsSiteId) };
}

/** The practice that a mutation's input names. */
export async function practiceOfInput(
  { bpSiteId }: { readonly bpSiteId: string },
  context: GraphContext,
): Promise<Practice> {
  return (await findPractice(bpSiteId, ['input', 'bpSiteId'], context)).practice;
}
