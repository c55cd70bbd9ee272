import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const SERVER = process.env.PLANWRIGHT_URL ?? 'http://localhost:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The policy of the server forbids inline scripts and data: scripts; fonts stay files as well.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': SERVER } },
});
