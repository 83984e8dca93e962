import { createHash } from 'node:crypto';
import type { Route, Site, Visit } from './http/route.ts';

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem; color: #1d2433; }
h1 { font-size: 1.6rem } h2 { font-size: 1.1rem; margin-top: 2rem }
table { border-collapse: collapse } td, th { padding: .2rem 1rem .2rem 0; text-align: left }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
pre { background: #f2f4f8; padding: .75rem 1rem; overflow-x: auto; border-radius: 6px }
@media (prefers-color-scheme: dark) { body { background: #14181f; color: #dfe5ef } pre { background: #1f2631 } }
`;

/** Nothing may load, run or be framed; the one style sheet is named by its hash. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const queries = [
  'EmailEvents | summarize count() by DeliveryAction',
  'EmailEvents | where Timestamp > ago(7d) | where AuthenticationDetails has "fail" | take 10',
  'EmailEvents | summarize count() by bin(Timestamp, 1d) | render timechart',
];

/** The start page: what this is, what is in it, what to try. */
export const pageRoutes: readonly Route[] = [{ method: 'GET', path: '/', answer: page }];

async function page({ site, response }: Visit): Promise<void> {
  const body = Buffer.from(await html(site));
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': body.length,
    'Content-Security-Policy': policy,
    'Referrer-Policy': 'no-referrer',
  });
  response.end(body);
}

const html = async (site: Site): Promise<string> => `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>mailhunt</title>
<style>${style}</style>
<h1>mailhunt</h1>
<p>This server answers KQL hunts over the mail tables of Microsoft Defender XDR, on this machine. It speaks Kusto’s REST
protocol: connect any Kusto client to <code>${escapeHtml(site.address())}</code>, database <code>mail</code>, without a login.</p>
<h2>Tables</h2>
<table>
<tr><th>Table</th><th class="number">Rows</th></tr>
${(await site.store.summary()).map(({ name, rows }) => tableRow(name, rows)).join('\n')}
</table>
<h2>Queries to try</h2>
${queries.map((query) => `<pre>${escapeHtml(query)}</pre>`).join('\n')}
<p>In a terminal: <code>npx mailhunt query -e '${escapeHtml(queries[0] ?? '')}'</code></p>
</html>
`;

const tableRow = (name: string, rows: number): string =>
  `<tr><td>${escapeHtml(name)}</td><td class="number">${rows.toLocaleString('en')}</td></tr>`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML shows it, in content and in quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
