/** What every document of the server forbids itself. */
const closed = ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"];

/**
 * The workbench's policy: everything from this server, nothing from elsewhere, no script in the page's text.
 *
 * Styles alone may stand in the page: the editor (Monaco 0.46) writes its theme, its cursors and the places of its lines
 * as style elements and style attributes, and knows no nonce. What people wrote never becomes markup here (React writes
 * text), and a message's body is shown in a frame with a policy of its own.
 *
 * `data:` pictures are the editor's squiggles, `blob:` charts and attachments that the page has made itself.
 */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'self' blob:",
  ...closed,
].join('; ');

/** A worker takes its policy from the answer that its script came in. */
const workerPolicy = ["default-src 'none'", "script-src 'self'", "connect-src 'self'", ...closed].join('; ');

/**
 * The worker with Microsoft's parser alone may make functions of text: Bridge.NET, which the parser was compiled with,
 * does so when it starts. It sees the query and the schema, and may talk to this server only.
 */
const parserPolicy = workerPolicy.replace("script-src 'self'", "script-src 'self' 'unsafe-eval'");

/** The build gives the parser's worker this name. */
const parserWorker = /^assets\/kusto-worker-[\w-]+\.js$/;

/** The policy that a file of the workbench is sent with; undefined for one that runs nothing. */
export function policyOf(name: string): string | undefined {
  if (name.endsWith('.html')) return pagePolicy;
  if (!name.endsWith('.js')) return undefined;
  return parserWorker.test(name) ? parserPolicy : workerPolicy;
}
