import type { BrowserContext } from 'playwright-core';

/** What a page did that no page may do. */
export interface Watch {
  /** Errors of the console and of scripts, violations of the policy, requests elsewhere, answers of 500 and above. */
  readonly faults: string[];
}

/**
 * Watches all pages of a context. That the browser notes a refusal of the server's own API (4xx) in its console is no
 * fault: pages show those.
 */
export async function watch(context: BrowserContext, address: string): Promise<Watch> {
  const faults: string[] = [];
  const isHere = (url: string): boolean => url.startsWith(`${address}/`) || /^(?:data|blob|about):/.test(url);
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) => {
      console.error(`policy: ${effectiveDirective} refused ${blockedURI} (${sourceFile})`);
    });
  });
  await context.route(
    (url) => !isHere(url.href),
    (route) => {
      faults.push(`a request elsewhere: ${route.request().url()}`);
      return route.abort();
    },
  );
  context.on('console', (message) => {
    const isRefusal = /^Failed to load resource: .*\b4\d\d\b/.test(message.text());
    if (isRefusal && message.location().url.startsWith(`${address}/api/`)) return;
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => faults.push(`script: ${error.error().stack ?? error.error().message}`));
  context.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} from ${response.url()}`);
  });
  return { faults };
}
