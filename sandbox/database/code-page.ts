// Rests on assumption S38.

/** Windows-1252, the code page of the char and varchar columns: Latin-1 except for these characters from 0x80 to 0x9F. */
const ownCharacters = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u0081\u008d\u008f\u0090\u009d');

/** A text as such a column or parameter holds it: `?` for each UTF-16 code unit that the page lacks. */
export function inCodePage(text: string): string {
  let held = '';
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charAt(at);
    const isLatin1 = unit < '\u0080' || (unit > '\u009f' && unit <= '\u00ff');
    held += isLatin1 || ownCharacters.has(unit) ? unit : '?';
  }
  return held;
}
