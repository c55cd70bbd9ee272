/** Texts of the engines as people read them: what code calls a bucket is a period to them (docs/vocabulary.md). */
export const spoken = (text: string): string =>
  text.replaceAll(/\bbucket(s)?(?![\w])/g, (_, plural?: string) => `period${plural ?? ''}`);
