import type { LocalDate } from '../../time/types.ts';
import { emptyEntry, inOrder, type Preference } from './current-entry.ts';
import { type Element, text, texts } from './read-element.ts';

/** The FHIR uses of a name that can be the patient's name in the practice, with their rank. */
const rankOfUse: ReadonlyMap<unknown, number> = new Map([
  ['official', 0],
  ['usual', 2],
  ['temp', 3],
  ['anonymous', 4],
]);
const otherUses: readonly unknown[] = ['nickname', 'maiden'];

const asName: Preference = (name) => {
  const { use = null } = name;
  if (otherUses.includes(use)) return null;
  return (use === null ? 1 : (rankOfUse.get(use) ?? 3)) + (isEmptyName(name) ? emptyEntry : 0);
};
const isEmptyName = ({ family, given, text: written }: Element): boolean =>
  text(family) === null && texts(given).length === 0 && text(written) === null;
const asPreferredName: Preference = ({ use }) => (use === 'usual' ? 0 : use === 'nickname' ? 1 : null);

/** The patient's name in the practice: the official name, or else the usual one. */
export function chooseName(names: unknown, today: LocalDate): Element | undefined {
  return inOrder(names, asName, today, 'ENDED_TOO')[0];
}

/** The preferred names, without the name that `chooseName` returns. The best comes first. */
export function preferredNames(names: unknown, today: LocalDate): readonly Element[] {
  const name = chooseName(names, today);
  return inOrder(names, asPreferredName, today).filter((each) => each !== name);
}

export function readPreferredName(names: unknown, today: LocalDate): string | null {
  const [preferred] = preferredNames(names, today);
  return texts(preferred?.given)[0] ?? text(preferred?.text);
}

/** The parts of a name. When only a middle name is known, the first name is null. */
export function readName(name: Element | undefined) {
  const { prefix, given, family } = inParts(name);
  const [first, ...middle] = Array.isArray(given) ? given : [];
  return {
    title: texts(prefix)[0] ?? null,
    firstName: text(first),
    middleName: texts(middle).join(' ') || null,
    lastName: text(family),
  };
}

/**
 * A name with its parts. A name that is only a text is split: the last name is the part before a comma, or else the last
 * word (assumption F18).
 */
export function inParts(name: Element | undefined): Element {
  const written = text(name?.text);
  if (name === undefined) return {};
  if (written === null || text(name.family) !== null || texts(name.given).length > 0) return name;
  const [, family, given = ''] =
    /^([^,]+?)\s*,\s*(.*)$/.exec(written) ?? reversed(/^(?:(.*)\s)?(\S+)$/.exec(written)) ?? [];
  return { ...name, family, ...(given !== '' && { given: [given] }) };
}

function reversed(match: RegExpExecArray | null): readonly (string | undefined)[] | null {
  return match && [match[0], match[2], match[1]];
}
