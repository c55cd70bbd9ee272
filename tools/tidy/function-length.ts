import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from './rules.ts';

export const FUNCTION_LINES_MAX = 70;

type LintReport = {
  readonly diagnostics: readonly {
    readonly message: string;
    readonly code?: string;
    readonly filename: string;
    readonly labels: readonly { readonly span: { readonly line: number } }[];
  }[];
};

/** Asks the linter, which has a parser, for functions that are too long. Tests and the page's markup count too. */
export function checkFunctionLength(root: string): Finding[] {
  const folder = mkdtempSync(join(tmpdir(), 'tidy-'));
  try {
    const config = join(folder, 'oxlint.json');
    const rule = ['error', { max: FUNCTION_LINES_MAX, skipBlankLines: false, skipComments: false }];
    writeFileSync(
      config,
      JSON.stringify({ plugins: [], categories: {}, rules: { 'max-lines-per-function': rule } }),
    );
    const done = spawnSync(
      join(root, 'node_modules', '.bin', 'oxlint'),
      [
        '-c',
        config,
        '--disable-nested-config',
        '--format',
        'json',
        '--ignore-pattern',
        '**/test/**',
        '--ignore-pattern',
        '**/dist/**',
        '.',
      ],
      { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    const report = JSON.parse(done.stdout) as LintReport;
    return report.diagnostics
      .filter((diagnostic) => diagnostic.code === 'eslint(max-lines-per-function)')
      .map((diagnostic) => ({
        rule: 'function length',
        path: diagnostic.filename,
        line: diagnostic.labels[0]?.span.line ?? 1,
        text: diagnostic.message,
      }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
