/**
 * A folder that all test files of one run share, for what is dear to make and the same for all: TEST_RUN_FOLDER names it.
 * Removed at the end; emptied when a watching run starts again, since what lies in it was made by the sources of before.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

let folder: string | undefined;

export async function setup(project: TestProject): Promise<void> {
  const made = await mkdtemp(join(tmpdir(), 'planwright-test-run-'));
  folder = made;
  process.env.TEST_RUN_FOLDER = made; // The processes of the tests are started later, and inherit it.
  project.onTestsRerun(async () => {
    const names = await readdir(made);
    await Promise.all(names.map((name) => rm(join(made, name), { recursive: true, force: true })));
  });
}

export async function teardown(): Promise<void> {
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
}
