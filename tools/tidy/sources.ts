import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Source = { readonly path: string; readonly text: string };

/** Every text file of the tree that git tracks or would track. */
export function readSources(root: string): readonly Source[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed
    .split('\n')
    .filter(
      (path) => /\.(ts|tsx|mjs|json|md|yaml|yml|css|html|sql)$/.test(path) && path !== 'package-lock.json',
    )
    .filter((path) => existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** The specifiers a TypeScript file imports, static and dynamic, with their lines. */
export function importsOf(source: Source): readonly { specifier: string; line: number }[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;
  return [...source.text.matchAll(pattern)].map((match) => ({
    specifier: match[1] ?? match[2] ?? match[3]!,
    line: source.text.slice(0, match.index).split('\n').length + (match[0].startsWith('\n') ? 1 : 0),
  }));
}
