import { createHash } from 'node:crypto';
import { constant, type Html, html } from './html.ts';
import { copyScript, searchScript } from './scripts.ts';
import { style } from './style.ts';

/** A page within the frame that all have. */
export interface Page {
  readonly title: string;
  /** The site's name. */
  readonly site: string;
  /** The way up to the first page: '' there, '../' below. */
  readonly up: string;
  readonly body: Html;
  /** Which script the page runs, if any. */
  readonly script?: 'search' | 'copy';
  /** The part of the site that is open. */
  readonly part: 'rules' | 'techniques';
}

const scripts = { search: searchScript, copy: copyScript } as const;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is loaded from anywhere; only this style and this script are let in, by their hashes. */
const policy = (script: string | undefined): string =>
  [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${script === undefined ? "'none'" : hashOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const parts = [
  ['rules', 'index.html', 'Rules'],
  ['techniques', 'techniques/index.html', 'Techniques'],
] as const;

/** The text of a page. */
export function pageText({ title, site, up, body, script, part }: Page): string {
  const code = script && scripts[script];
  const links = parts.map(
    ([name, path, words]) =>
      html`<a href="${up}${path}"${name === part && constant(' aria-current="true"')}>${words}</a>`,
  );
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(code)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title === site ? site : [title, ' · ', site]}</title>
<link rel="alternate" type="application/rss+xml" title="${site}" href="${up}feed.xml">
<style>${constant(style)}</style>
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header class="top"><div class="wide">
<a class="brand" href="${up}index.html">${site}</a>
<nav aria-label="Parts of this site">${links}<a href="${up}feed.xml">RSS</a></nav>
</div></header>
<main id="main" class="wide" tabindex="-1">
${body}
</main>
<footer class="wide"><p>Made by mailhunt out of rule files. ATT&amp;CK is a registered trademark of The MITRE Corporation.</p></footer>
${
  code !== undefined &&
  html`<script>${constant(code)}</script>
`
}</body>
</html>
`;
  return page.text;
}
