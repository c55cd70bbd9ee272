import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      '{engines,adapters,apps}/*/test/**/*.test.ts',
      '{app,contracts,client,testkit,demo,tools}/**/test/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    setupFiles: ['tools/vitest-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
