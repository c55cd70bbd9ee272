const SHOWN_LENGTH = 80;

/**
 * A text from a file as it may stand in a message: at most 80 characters, with control characters, line ends
 * and the marks that turn the direction of writing made visible.
 */
export function shownValue(text: string, length = SHOWN_LENGTH): string {
  const cut = text.length > length ? `${text.slice(0, length - 1)}…` : text;
  return cut.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escaped);
}

function escaped(sign: string): string {
  if (sign === '\n') return '\\n';
  if (sign === '\r') return '\\r';
  if (sign === '\t') return '\\t';
  return `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
