import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      '{engines,adapters,apps}/*/test/**/*.test.ts',
      '{app,contracts,client,testkit,demo,tools}/**/test/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['tools/vitest-run-folder.ts'],
    setupFiles: ['tools/vitest-setup.ts'],
    testTimeout: 240_000,
    hookTimeout: 300_000,
    // What is waited for may take long on a slow machine: the limit is there for what never comes.
    expect: { poll: { timeout: 90_000 } },
    pool: 'forks',
    maxWorkers: 2,
  },
});
