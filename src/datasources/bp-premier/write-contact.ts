import { type List, withOne, withValue } from './change-element.ts';
import { type ContactKind, isContact, readContact } from './read-address.ts';
import { text } from './read-element.ts';

/** A ContactPoint list with another phone or e-mail address of a kind; null: none. The same list where nothing differs. */
export function withContact(telecom: List, kind: ContactKind, wanted: string | null | undefined): List {
  if (wanted === undefined || wanted === readContact(telecom, kind)) return telecom;
  const holds = (point: Parameters<typeof isContact>[0]) =>
    isContact(point, kind) && text(point.value) !== null;
  return withOne(
    telecom,
    holds,
    wanted === null
      ? null
      : (found) =>
          withValue(
            found ?? { system: kind.system, ...(typeof kind.use === 'string' && { use: kind.use }) },
            'value',
            wanted,
          ),
  );
}
