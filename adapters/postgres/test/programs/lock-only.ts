// Takes the lock of a folder at the given moment, says whether it got it, and stays until it is killed.
import { lockFolder } from '../../src/folder-lock.ts';

const [folder, path, startAt] = process.argv.slice(2);
while (Date.now() < Number(startAt)) {
  // All starters go at the same instant: waiting in the event loop would spread them.
}
try {
  lockFolder(folder, path, 'racing');
  process.send?.({ opened: true });
  setInterval(() => undefined, 1_000);
} catch (error) {
  process.send?.({ opened: false, message: (error as Error).message });
  process.disconnect?.();
}
