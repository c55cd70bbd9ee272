import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { chromiumFolder } from './chromium.ts';

const ARGUMENTS = [
  '--no-sandbox', // Chromium refuses to run as root with its sandbox.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

/**
 * Starts the Chromium that comes with the installed packages: nothing to set up, nothing to download.
 * It has a new empty profile, which is removed when the browser closes; the caller closes it.
 */
export async function openBrowser(): Promise<Browser> {
  const folder = await chromiumFolder();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ARGUMENTS,
    env: { ...definedEnvironment(), FONTCONFIG_PATH: join(folder, 'fonts') },
  });
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
