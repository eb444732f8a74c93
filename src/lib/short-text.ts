/** Characters that a log line, a span or the audit trail holds of a text that a caller chose. */
const maxCharacters = 100;

/** The beginning of a text that a caller chose. */
export const shortText = (text: string): string =>
  text.length > maxCharacters ? text.slice(0, maxCharacters) : text;
