import { locale } from './locale.ts';

/** The signs that part thousands and decimals where the reader is. */
function signsOf(language: string | undefined): { readonly group: string; readonly decimal: string } {
  const parts = new Intl.NumberFormat(language).formatToParts(12_345.6);
  const sign = (type: Intl.NumberFormatPartTypes): string =>
    parts.find((part) => part.type === type)?.value ?? '';
  return { group: sign('group'), decimal: sign('decimal') };
}

const escaped = (sign: string): string => sign.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/**
 * A number as people type it and spreadsheets copy it, in the manner of the reader's locale: "1,200.5", "1 200", "1200.50". A point
 * is a decimal point in every locale unless it parts thousands there. Null for anything else.
 */
export function parseNumber(text: string, language: string | undefined = locale): number | null {
  const { group, decimal } = signsOf(language);
  const plain = text.replaceAll(/[\s\u00a0\u202f'’]/g, '').replace('−', '-');
  const grouped = new RegExp(`^-?\\d{1,3}(${escaped(group)}\\d{3})+(${escaped(decimal)}\\d*)?$`);
  const even = grouped.test(plain)
    ? plain.replaceAll(group, '').replace(decimal, '.')
    : plain.replace(decimal, '.');
  return /^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(even) ? Number(even) : null;
}
