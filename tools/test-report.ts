/** What a run of the tests comes to: the files that took longest, and every failure with the start of its message. */
import { readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

/** The part of Vitest's JSON report that is read here (times in milliseconds). */
type Report = {
  readonly testResults: readonly {
    readonly name: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
};

const SLOWEST = 10;
const MESSAGE_CHARACTERS = 400;

const root = dirname(import.meta.dirname);
const shortened = (message: string) => message.replaceAll(/\s+/g, ' ').trim().slice(0, MESSAGE_CHARACTERS);

/** Reads the report at `path`: lines for people, slowest files first, and one line for each failed test or file. */
export function readTestReport(path: string): { slowest: string[]; failures: string[] } {
  const { testResults } = JSON.parse(readFileSync(path, 'utf8')) as Report;
  const slowest = testResults
    .map(({ name, startTime, endTime }) => ({ name, seconds: (endTime - startTime) / 1000 }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, SLOWEST)
    .map(({ name, seconds }) => `${relative(root, name)} ${seconds.toFixed(1)} s`);
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults
      .filter((result) => result.status === 'failed')
      .map(
        ({ fullName, failureMessages }) =>
          `${file}: ${fullName}: ${shortened((failureMessages ?? []).join(' '))}`,
      );
    return failed.length === 0 && status === 'failed' ? [`${file}: ${shortened(message)}`] : failed;
  });
  return { slowest, failures };
}
