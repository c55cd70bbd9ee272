/**
 * How long the text of a call can get, in characters, from how long its arguments can get.
 *
 * A few nested replace() turn one letter into gigabytes, which no limit on the number of parts prevents. The
 * bound is known before anything runs because patterns and replacements are written out in the expression.
 */
type Part = { readonly length: number; readonly constant?: unknown };

export function lengthOfCall(name: string, parts: readonly Part[]): number {
  const [first, second, third] = parts;
  switch (name) {
    case '||':
    case 'concat':
      return sum(parts);
    case 'concat_ws':
      return sum(parts) + first.length * parts.length;
    case 'left':
    case 'right':
      return Math.min(first.length, Math.abs(Number(second.constant)));
    case 'replace':
      return grown(first.length, String(second.constant).length, String(third.constant));
    case 'regexp_replace':
      return replaced(first.length, String(third.constant));
    case 'strftime':
      // The longest code, %c or %A, prints fewer than 32 characters.
      return String(second.constant).length * 32;
    default:
      return Math.max(...parts.map((part) => part.length));
  }
}

function sum(parts: readonly Part[]): number {
  return parts.reduce((total, part) => total + part.length, 0);
}

function grown(length: number, patternLength: number, replacement: string): number {
  if (patternLength === 0 || replacement.length <= patternLength) return length;
  return Math.ceil(length / patternLength) * replacement.length;
}

/** A pattern may match between any two characters; what \1 brings back from all matches together is the text once. */
function replaced(length: number, replacement: string): number {
  const groups = replacement.match(/\\\d/g)?.length ?? 0;
  const written = replacement.length - 2 * groups;
  return length + (length + 1) * written + length * groups;
}
