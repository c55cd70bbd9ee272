import { cp, mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const POLL_MS = 200;

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/**
 * Fills `folder` with a copy of the data folder that `make` makes. The first test file of a run that asks makes it, which
 * computes a whole plan; the others wait for that and copy it, so that each may change its own as it likes.
 */
export async function copyDemo(folder: string, make: (folder: string) => Promise<void>): Promise<void> {
  const ofRun = process.env.TEST_RUN_FOLDER; // tools/vitest-run-folder.ts
  if (ofRun === undefined) throw new Error('No folder of the test run is given.');
  const home = join(ofRun, 'demo');
  const made = join(home, 'made');
  const failed = join(home, 'failed');
  // Making a folder is one step: exactly one process succeeds.
  const isFirst = await mkdir(home).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    try {
      const making = join(home, 'making');
      await mkdir(making);
      await make(making);
      await rename(making, made);
    } catch (error) {
      await writeFile(failed, String(error));
      throw error;
    }
  }
  while (!(await exists(made))) {
    if (await exists(failed)) throw new Error('Another test file could not make the demo company.');
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
  await cp(made, folder, { recursive: true });
}
