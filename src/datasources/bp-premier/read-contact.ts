import type { LocalDate } from '../../time/types.ts';
import { inOrder, type Preference } from './current-entry.ts';
import { type Element, text } from './read-element.ts';

const byUse =
  (system: 'phone' | 'email', use: 'home' | 'work' | 'mobile' | null): Preference =>
  (point) =>
    point.system === system && (point.use ?? null) === use ? 0 : null;

const mobile = byUse('phone', 'mobile');

/** A kind of ContactPoint. Temporary ones come after the others. */
export const contactKinds = {
  homePhone: byUse('phone', 'home'),
  workPhone: byUse('phone', 'work'),
  /** Also a number for text messages, with any use. */
  mobilePhone: (point: Element) => mobile(point) ?? (point.system === 'sms' ? 1 : null),
  phoneWithoutUse: byUse('phone', null),
  anyPhone: ({ system, use }: Element) =>
    system === 'phone' ? Number(use === 'temp') : system === 'sms' ? 2 : null,
  email: ({ system, use }: Element) => (system === 'email' ? Number(use === 'temp') : null),
} satisfies Record<string, Preference>;

export type ContactKind = keyof typeof contactKinds;

/** The values of a kind, without empty ones. The best comes first. */
export function contacts(telecom: unknown, kind: ContactKind, today: LocalDate): readonly Element[] {
  const isKind = contactKinds[kind];
  return inOrder(telecom, (point) => (text(point.value) === null ? null : isKind(point)), today);
}

export function readContacts(telecom: unknown, kind: ContactKind, today: LocalDate): readonly string[] {
  return contacts(telecom, kind, today)
    .map(({ value }) => text(value))
    .filter((value) => value !== null);
}

/** The best value. */
export function readContact(telecom: unknown, kind: ContactKind, today: LocalDate): string | null {
  return text(contacts(telecom, kind, today)[0]?.value);
}
