import type { GraphContext } from '../../context.ts';
import type { SlotQuery, SlotSearch } from '../../datasources/domain/slot.ts';
import { isPmsId } from '../../datasources/practice/practice.ts';
import type { Maybe } from '../../lib/maybe.ts';
import { InputCheck } from '../check-input.ts';
import type { AvailableSlots, PracticeEntity, Slot, User } from '../entities.ts';
import { readPmsId } from '../global-id.ts';
import { lastBookableDay, tooFarAhead } from './free-time.ts';

interface SlotArgs {
  readonly from: string;
  readonly to?: Maybe<string>;
  readonly locationId?: Maybe<string>;
  readonly durationMinutes?: Maybe<number>;
}

/** `Practice.availableSlots` */
export async function slotsOfPractice(
  { practice }: PracticeEntity,
  args: SlotArgs & { readonly userId?: Maybe<string> },
): Promise<AvailableSlots> {
  const check = new InputCheck();
  const userId = args.userId ? readPmsId(check, ['userId'], args.userId, 'User', practice) : undefined;
  const question = readQuestion(check, args, practice);
  const query = { ...question, ...(userId === undefined ? {} : { userIds: [userId] }) };
  const data = isPossible(query) ? await practice.data.availableSlots(query) : noMatch;
  return { kind: 'AvailableSlots', practice, data };
}

/** `User.availableSlots` */
export async function slotsOfUser(
  { practice, data: user }: User,
  args: SlotArgs,
  _context: GraphContext,
): Promise<AvailableSlots> {
  const question = readQuestion(new InputCheck(), args, practice);
  const data = isPossible(question)
    ? await practice.slotsOfUser.load({ userId: user.pmsId, question })
    : noMatch;
  return { kind: 'AvailableSlots', practice, data };
}

/** `AvailableSlots.slots` */
export const slotsOf = ({ practice, data }: AvailableSlots): Slot[] =>
  data.slots.map((slot) => ({ kind: 'Slot', practice, data: slot }));

const noMatch: SlotSearch = { slots: [], emptyBecause: 'NO_MATCH', complete: true };

const isPossible = ({ userIds = [], locationId }: SlotQuery): boolean =>
  [...userIds, ...(locationId === undefined ? [] : [locationId])].every(isPmsId);

function readQuestion(
  check: InputCheck,
  args: SlotArgs,
  practice: PracticeEntity['practice'],
): Omit<SlotQuery, 'userIds'> {
  const range = check.days(args);
  const lastDay = lastBookableDay(practice.connection.now());
  if (range.from > lastDay) check.reject(['from'], tooFarAhead);
  else if (range.to > lastDay) check.reject(['to'], tooFarAhead);
  const duration = check.durationMinutes(args.durationMinutes);
  const locationId = args.locationId
    ? readPmsId(check, ['locationId'], args.locationId, 'Location', practice)
    : undefined;
  check.done();
  return { ...range, ...duration, ...(locationId === undefined ? {} : { locationId }) };
}
