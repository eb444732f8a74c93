/**
 * Remembers what it made last, and gives it again to whoever comes with the very same: the rows of a book have the day of the
 * row before, and fifty practices of one operation are asked the same thing, one right after the other.
 */
export function memoizeLast<Keys extends readonly unknown[], Made>(
  make: (...keys: Keys) => Made,
): (...keys: Keys) => Made {
  let known: { readonly keys: Keys; readonly made: Made } | undefined;
  return (...keys) => {
    if (!known?.keys.every((key, index) => key === keys[index])) known = { keys, made: make(...keys) };
    return known.made;
  };
}
