/** Maximum length in log lines, spans and the audit trail of a text that a caller chose. */
const maxCharacters = 100;

/** Shortens a text that a caller chose. */
export const shortText = (text: string): string =>
  text.length > maxCharacters ? text.slice(0, maxCharacters) : text;
