import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CACHE_FOLDER = resolve(import.meta.dirname, '../../node_modules/.cache');

// The package unpacks into the temporary folder it is told of, and takes a file that exists for complete.
const UNPACK_SCRIPT = "await (await import('@sparticuz/chromium')).default.executablePath();";

async function packageVersion(): Promise<string> {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  const manifest: unknown = JSON.parse(await readFile(resolve(dirname(entry), '../package.json'), 'utf8'));
  return (manifest as { version: string }).version;
}

// The package's own settings look for its fonts in /tmp/fonts. Ours name the folder itself and nothing of
// the machine, so a picture looks the same everywhere.
function fontSettings(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>
`;
}

/**
 * Folder with the unpacked browser: `chromium`, `fonts/` and the software renderer's libraries.
 *
 * Unpacked once for each version, in a child process and into a folder of its own that is renamed into
 * place when it is complete: two test processes that start at once never see half a browser, and
 * killing one of them leaves nothing that looks finished.
 */
export async function chromiumFolder(): Promise<string> {
  const folder = join(CACHE_FOLDER, `chromium-${await packageVersion()}`);
  if (existsSync(folder)) return folder;

  await mkdir(CACHE_FOLDER, { recursive: true });
  const staging = await mkdtemp(join(CACHE_FOLDER, 'chromium-unpacking-'));
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', UNPACK_SCRIPT], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: staging },
  });
  await writeFile(join(staging, 'fonts', 'fonts.conf'), fontSettings(folder));
  try {
    await rename(staging, folder);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // Otherwise another process was first, and its copy is as good.
  }
  return folder;
}
