import { createHash } from 'node:crypto';
import { constant, type Html, html } from '../../rules/index.ts';
import { style } from './style.ts';

const hash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/** Nothing is loaded, sent or run: the one style of the page is let in by its hash. */
const POLICY = `default-src 'none'; style-src ${hash}; base-uri 'none'; form-action 'none'`;

/**
 * A report as one HTML file: no script, nothing remote, everything in it escaped by `html`. It may be mailed, printed and kept.
 *
 * @example safePage(html`Spoof: ${subject}`, html`<main><h1>${subject}</h1></main>`)
 */
export const safePage = (title: Html, body: Html): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${constant(style)}</style>
</head>
<body>
${body}
</body>
</html>
`.text;
