import { type Element, text, texts } from './read-element.ts';

/** Uses of a HumanName that hold what the patient likes to be called. */
const called = ['usual', 'nickname'];

/** The name by which a patient is known to the practice. */
export function officialName(names: readonly Element[]): Element | undefined {
  return (
    names.find((each) => each.use === 'official') ??
    names.find((each) => !called.includes(String(each.use)) && each.use !== 'old' && each.use !== 'maiden')
  );
}

export function isPreferredName(name: Element): boolean {
  return called.includes(String(name.use));
}

export function readPreferredName(names: readonly Element[]): string | null {
  const usual = names.find(isPreferredName);
  return texts(usual?.given)[0] ?? text(usual?.text);
}

/** Its parts. By place: where only a middle name is known, the first is null. */
export function readName(name: Element | undefined) {
  const [first, ...middle] = Array.isArray(name?.given) ? name.given : [];
  return {
    title: texts(name?.prefix)[0] ?? null,
    firstName: text(first),
    middleName: texts(middle).join(' ') || null,
    lastName: text(name?.family),
  };
}
