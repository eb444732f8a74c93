import type { LocalDate } from '../../time/types.ts';
import { inOrder, type Preference, sayingNothing } from './current-entry.ts';
import { type Element, text, texts } from './read-element.ts';

/** Of the uses that FHIR has, those of a name under which the practice keeps somebody. */
const keptUnder: ReadonlyMap<unknown, number> = new Map([
  ['official', 0],
  ['usual', 2],
  ['temp', 3],
  ['anonymous', 4],
]);
const notKeptUnder: readonly unknown[] = ['nickname', 'maiden'];

const asName: Preference = (name) => {
  const { use = null } = name;
  if (notKeptUnder.includes(use)) return null;
  return (use === null ? 1 : (keptUnder.get(use) ?? 3)) + (saysNothing(name) ? sayingNothing : 0);
};
const saysNothing = ({ family, given, text: written }: Element): boolean =>
  text(family) === null && texts(given).length === 0 && text(written) === null;
/** What somebody likes to be called. */
const asPreferredName: Preference = ({ use }) => (use === 'usual' ? 0 : use === 'nickname' ? 1 : null);

/** The name under which the practice keeps somebody: the usual one where none is official. */
export function chooseName(names: unknown, today: LocalDate): Element | undefined {
  return inOrder(names, asName, today, 'ENDED_TOO')[0];
}

/** Those that hold what somebody likes to be called besides, the one that counts first. */
export function preferredNames(names: unknown, today: LocalDate): readonly Element[] {
  const name = chooseName(names, today);
  return inOrder(names, asPreferredName, today).filter((each) => each !== name);
}

export function readPreferredName(names: unknown, today: LocalDate): string | null {
  const [preferred] = preferredNames(names, today);
  return texts(preferred?.given)[0] ?? text(preferred?.text);
}

/** Its parts. By place: where only a middle name is known, the first is null. */
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
 * A name with its parts; one that is only a text is taken apart: what stands before a comma is the last name, else the last
 * word is (assumption F18).
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
