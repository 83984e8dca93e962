import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { kustoParser } from './kusto-parser.ts';
import { takenIn } from './third-party.ts';

const { plugin: notices } = takenIn();
const server = process.env.MAILHUNT_ADDRESS ?? 'http://127.0.0.1:8719';

/** The workbench: built into `dist/web`, which the server serves; `vite web` while working on it, beside a running server. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), kustoParser(), notices()],
  worker: { format: 'es', plugins: () => [kustoParser(), notices()] },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 6_000,
  },
  server: { proxy: { '/api': server } },
});
