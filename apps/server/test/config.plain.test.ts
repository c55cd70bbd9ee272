import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, PROGRAM_FOLDER, readConfig } from '../src/config.ts';
import { SETTINGS } from '../src/settings.ts';

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

test('an empty environment is a working configuration, and an empty value counts as not given', () => {
  expect(readConfig({ PORT: '' })).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    demo: 'M',
    logLevel: 'warn',
  });
});

test('every wrong setting is named at once, with its value', () => {
  const problems = problemsOf({
    PORT: 'eighty',
    PLANWRIGHT_DEMO: 'XL',
    DATABASE_URL: 'mysql://u:secret@h/d',
  });
  expect(problems).toHaveLength(3);
  expect(problems.join('\n')).toContain('PORT must be a whole number from 0 to 65535 (it is "eighty").');
  expect(problems.join('\n')).toContain('PLANWRIGHT_DEMO must be S, M, L or off (it is "XL").');
});

test('a secret is never printed back', () => {
  const text = problemsOf({ PLANWRIGHT_SECRET: 'short-secret', DATABASE_URL: 'mysql://u:hunter2@h/d' }).join(
    '\n',
  );
  expect(text).toContain('PLANWRIGHT_SECRET must have at least 32 characters.');
  expect(text).not.toContain('short-secret');
  expect(text).not.toContain('hunter2');
});

test('a misspelt setting is refused', () => {
  expect(problemsOf({ PLANWRIGHT_DATADIR: '/tmp/x' })[0]).toContain('PLANWRIGHT_DATADIR is not a setting');
});

test('the documentation names every setting with its meaning and default', () => {
  const text = readFileSync(join(PROGRAM_FOLDER, 'docs', 'configuration.md'), 'utf8');
  for (const { name, about, fallback } of SETTINGS)
    expect(text).toContain(`| \`${name}\` | ${about} | ${fallback} |`);
});
