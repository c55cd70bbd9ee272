/**
 * Keeps the tree explainable: layers, declared imports, pure engines, names, words and sizes.
 * Sizes are a ratchet: `ratchet.json` lists what is too long today, per file and rule; a count may shrink and never grow.
 *
 *   npm run tidy              check
 *   npm run tidy -- --write   lower the ratchet to what is there now
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkFunctionLength } from './function-length.ts';
import { checkFileLength, checkImports, checkNames, checkPurity, checkWords, type Finding } from './rules.ts';
import { readSources } from './sources.ts';

const root = dirname(dirname(import.meta.dirname));
const ratchetPath = join(import.meta.dirname, 'ratchet.json');

type Ratchet = Record<string, number>;
const slot = (finding: Finding) => `${finding.rule}: ${finding.path}`;

function count(findings: readonly Finding[]): Ratchet {
  const counts: Ratchet = {};
  for (const finding of findings) counts[slot(finding)] = (counts[slot(finding)] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const sources = readSources(root);
const strict = [
  ...checkImports(sources),
  ...checkPurity(sources),
  ...checkNames(sources),
  ...checkWords(sources),
];
const sized = [...checkFileLength(sources), ...checkFunctionLength(root)];

if (process.argv.includes('--write')) {
  writeFileSync(ratchetPath, `${JSON.stringify(count(sized), null, 2)}\n`);
}
const allowed = JSON.parse(readFileSync(ratchetPath, 'utf8')) as Ratchet;
const counts = count(sized);
const grown = sized.filter((finding) => (counts[slot(finding)] ?? 0) > (allowed[slot(finding)] ?? 0));
const slack = Object.keys(allowed).filter((name) => (counts[name] ?? 0) < allowed[name]!);

for (const { path, line, rule, text } of [...strict, ...grown])
  console.log(`${path}:${line}  ${rule}: ${text}`);
for (const name of slack) console.log(`ratchet can be lowered: ${name} (npm run tidy -- --write)`);
const wrong = strict.length + grown.length;
console.log(`tidy: ${sources.length} files, ${wrong} findings, ${sized.length} sizes on the ratchet`);
process.exit(wrong === 0 ? 0 : 1);
