import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 36rem; margin: 20vh auto; padding: 0 1.5rem; color: light-dark(#1b2230, #e3e8f0);
  background: light-dark(#fff, #12161d) }
h1 { font-size: 1.25rem; font-weight: 600 }
code { padding: .1em .4em; border-radius: 4px; background: light-dark(#eceff4, #1f2631) }
a { color: light-dark(#0b5cad, #6cb2ff) }
`;

/** Nothing may load, run or be framed; the one style sheet is named by its hash. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A page without the workbench: a title and a few lines of markup that stand in the program, nothing from elsewhere. */
export interface PlainPage {
  readonly status: number;
  readonly title: string;
  readonly lines: readonly string[];
  /** Loads itself again after so many seconds. */
  readonly again?: number;
}

/** Stands in for the workbench where it has not been built. */
export const notBuilt: PlainPage = {
  status: 503,
  title: 'The workbench is not built yet',
  lines: [
    '<code>npm start</code> builds it in the background: then this page goes over to it by itself, in a few seconds.',
    'Started another way? In the folder of mailhunt, run <code>node scripts/web.ts</code>.',
    'Queries from the command line and from other programs are answered meanwhile.',
  ],
  again: 2,
};

/** For an address that leads nowhere. */
export const notFound: PlainPage = {
  status: 404,
  title: 'There is nothing here',
  lines: ['The address leads to no page. <a href="/">Go to the workbench</a>.'],
};

/** Sends it. */
export function sendPlainPage(response: ServerResponse, { status, title, lines, again }: PlainPage): void {
  const body = Buffer.from(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${again === undefined ? '' : `<meta http-equiv="refresh" content="${again}">\n`}<title>${title} – mailhunt</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${lines.map((line) => `<p>${line}</p>`).join('\n')}
</main>
</body>
</html>
`);
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': body.length,
    'Content-Security-Policy': policy,
    ...(again !== undefined && { 'Retry-After': again }),
  });
  response.end(body);
}
