/** The reader's locale, or English where the browser names one that does not exist, as some systems do. */
export const locale = knownLocale(typeof navigator === 'undefined' ? 'en-US' : navigator.language);

function knownLocale(name: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf(name)[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}
