import { fileURLToPath } from 'node:url';

/** Where the built workbench lies, in the clone and in the package: `dist/web`. MAILHUNT_WEB names another for those who work on it. */
export const builtWeb = (env: NodeJS.ProcessEnv = process.env): string =>
  env.MAILHUNT_WEB ??
  fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../../dist/web' : '../../web', import.meta.url));
