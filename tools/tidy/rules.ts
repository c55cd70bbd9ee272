import { LAYERS } from './layers.ts';
import { importsOf, type Source } from './sources.ts';

/** `known` findings are counted by the ratchet: they may shrink and never grow. */
export type Finding = {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly text: string;
};

const BANNED_FOLDERS = /(^|\/)(common|shared|core|utils|helpers|types)\//;
const TEST_NAME = /\.(golden|property|contract|plain)\.test\.tsx?$/;

/** Words of the vocabulary's right-hand column: say the left one. */
const BANNED_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bSKUs?\b/, 'item'],
  [/\btime ?series bucket\b/i, 'bucket'],
  [/\bware-?house code\b/i, 'location'],
  [/\bon-hand-balance\b/i, 'on hand'],
  [/\bsales ?rep(s|resentatives?)?\b/i, 'seller'],
  [/\/work\/(main|shared)\b/, 'a path of the reader’s own machine'],
];

const packageOf = (path: string): string | undefined =>
  Object.keys(LAYERS).find((folder) => path.startsWith(`${folder}/`));

const dependencyName = (specifier: string): string =>
  specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : specifier.split('/')[0]!;

/** Each package imports only from rows above it, and only what its package.json declares. */
export function checkImports(sources: readonly Source[]): Finding[] {
  const manifests = new Map(
    sources
      .filter((source) => source.path.endsWith('/package.json') && packageOf(source.path) !== undefined)
      .map((source) => [
        packageOf(source.path)!,
        JSON.parse(source.text) as { name: string; dependencies?: Record<string, string> },
      ]),
  );
  const folderOfName = new Map([...manifests].map(([folder, manifest]) => [manifest.name, folder]));
  const findings: Finding[] = [];
  for (const source of sources) {
    const own = packageOf(source.path);
    if (own === undefined || !/\.tsx?$/.test(source.path)) continue;
    const inSources = source.path.startsWith(`${own}/src/`);
    const manifest = manifests.get(own);
    for (const { specifier, line } of importsOf(source)) {
      if (specifier.startsWith('.') || specifier.startsWith('node:')) continue;
      const wanted = dependencyName(specifier);
      if (inSources && wanted !== manifest?.name && manifest?.dependencies?.[wanted] === undefined) {
        findings.push({
          rule: 'undeclared import',
          path: source.path,
          line,
          text: `${wanted} is not in ${own}/package.json`,
        });
      }
      const other = folderOfName.get(wanted);
      if (inSources && other !== undefined && other !== own && LAYERS[other]! >= LAYERS[own]!) {
        findings.push({
          rule: 'layer',
          path: source.path,
          line,
          text: `${own} may not import ${other}: it stands below or beside it`,
        });
      }
    }
  }
  return findings;
}

/** Engines are pure maths: no I/O, no clock, no chance but seeded streams, no async. */
export function checkPurity(sources: readonly Source[]): Finding[] {
  const impure =
    /\bfrom 'node:|\bMath\.random\b|\bDate\.now\b|\bnew Date\b|\bprocess\.|\bsetTimeout\b|\basync\b|\bawait\b|\bfetch\(/;
  return sources
    .filter((source) => /^engines\/[^/]+\/src\//.test(source.path))
    .flatMap((source) =>
      linesOf(source)
        .filter(({ text }) => impure.test(text) && !isComment(text))
        .map(({ text, line }) => ({ rule: 'impure engine', path: source.path, line, text: text.trim() })),
    );
}

/** Names of folders and tests say what is in them. */
export function checkNames(sources: readonly Source[]): Finding[] {
  return sources.flatMap((source) => {
    const findings: Finding[] = [];
    if (BANNED_FOLDERS.test(source.path)) {
      findings.push({
        rule: 'folder name',
        path: source.path,
        line: 1,
        text: 'name the folder after what it does',
      });
    }
    if (/\.test\.tsx?$/.test(source.path) && !TEST_NAME.test(source.path)) {
      findings.push({
        rule: 'test name',
        path: source.path,
        line: 1,
        text: 'end in .golden|property|contract|plain.test.ts',
      });
    }
    return findings;
  });
}

/** One word a concept, in code and prose alike. */
export function checkWords(sources: readonly Source[]): Finding[] {
  return sources
    .filter((source) => !source.path.startsWith('tools/tidy/') && source.path !== 'docs/vocabulary.md')
    .flatMap((source) =>
      linesOf(source).flatMap(({ text, line }) =>
        BANNED_WORDS.filter(([word]) => word.test(text)).map(([word, instead]) => ({
          rule: 'word',
          path: source.path,
          line,
          text: `${word.source}: say ${instead}`,
        })),
      ),
    );
}

export const FILE_LINES_MAX = 400;

/** Small files with one idea. */
export function checkFileLength(sources: readonly Source[]): Finding[] {
  return sources
    .filter(
      (source) => /\.(ts|tsx|css)$/.test(source.path) && !/\/(test|golden|fixtures)\//.test(source.path),
    )
    .filter((source) => source.text.split('\n').length - 1 > FILE_LINES_MAX)
    .map((source) => ({
      rule: 'file length',
      path: source.path,
      line: 1,
      text: `${source.text.split('\n').length - 1} lines, ${FILE_LINES_MAX} at most`,
    }));
}

function linesOf(source: Source): { text: string; line: number }[] {
  return source.text.split('\n').map((text, index) => ({ text, line: index + 1 }));
}

function isComment(text: string): boolean {
  return /^\s*(\/\/|\/?\*)/.test(text);
}
