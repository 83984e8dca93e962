import type { BodyToShow } from '../../../mail/index.ts';
import type { Changes } from './marks.ts';
import { safeHtml } from './safe-html.ts';
import { escaped, visible } from './text.ts';

/** Which of its bodies a message is shown by; `auto` takes the HTML where there is one. */
export type BodyForm = 'auto' | 'html' | 'text';

/**
 * What the browser allows the page of a message, whatever is in it: styles that stand in it and pictures that it carries.
 * `sandbox` without a word gives it an origin of its own and takes scripts, forms, pop-ups and navigation away.
 */
export const bodyPolicy = [
  "default-src 'none'",
  'img-src data: blob:',
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox',
].join('; ');

/** Paper is white: senders choose their colours for it. Our own marks lie above what the message draws. */
const style = `
:root { color-scheme: light; background: #fff; color: #1b2230; font: 15px/1.45 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
body { margin: 0; padding: 12px 16px 24px; overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; }
.mh-text { white-space: pre-wrap; font: 13px/1.5 ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; }
.mh-link { color: #0b5cad; text-decoration: underline; }
.mh-target, .mh-image, .mh-field, .mh-note, .mh-head {
  display: inline !important; position: relative; z-index: 2; visibility: visible !important; direction: ltr; unicode-bidi: isolate;
  font: 11px/1.5 ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace !important; letter-spacing: 0; text-transform: none;
  color: #434d5e !important; background: #eef1f6; border: 1px solid #c9d0dc; border-radius: 4px; padding: 0 4px; white-space: normal;
  box-decoration-break: clone; -webkit-box-decoration-break: clone; text-indent: 0; text-align: left;
}
.mh-target code, .mh-image code, .mh-note code { font: inherit; color: inherit; }
.mh-target.mh-bad, .mh-bad { color: #97190f !important; background: #fdeceb; border-color: #e3a29c; }
.mh-form { border: 2px dashed #b3261e; padding: 8px; margin: 8px 0; }
.mh-note, .mh-head { display: block !important; padding: 4px 8px; margin: 0 0 8px; }
.mh-head { margin: 0 0 12px; }
`;

/** The whole page in which the body of a message is shown, for a frame without rights and {@link bodyPolicy}. */
export function bodyPage(body: BodyToShow, form: BodyForm): string {
  const isHtml = body.html !== undefined && form !== 'text';
  const safe = isHtml ? safeHtml(body.html ?? '', body.picture) : undefined;
  const shown = safe?.html ?? textPage(body, form);
  const notes = [
    ...(safe?.isFlat ? ['Its elements lie too deep in each other: only its text is shown.'] : []),
    ...(safe ? notesOf(safe.changes) : []),
    ...(body.isCut ? ['The body is cut here after 1 MB; Source has all of it.'] : []),
  ];
  const head = notes.length === 0 ? '' : `<p class="mh-head">${notes.map(escaped).join('<br>')}</p>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Message</title><style>${style}</style></head>
<body>${head}${shown}</body></html>`;
}

function textPage({ text, html }: BodyToShow, form: BodyForm): string {
  if (text !== undefined) return `<div class="mh-text">${escaped(visible(text))}</div>`;
  const why = html === undefined ? 'The message has no text.' : 'The message has no plain text beside its HTML.';
  return form === 'text' || html === undefined ? `<p class="mh-head">${why}</p>` : '';
}

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

/** What was changed, in words: nobody is to take this for what a mail program would have shown. */
function notesOf({ remoteImages, misleading, forms, fields }: Changes): string[] {
  return [
    ...(misleading > 0 ? [`${count(misleading, 'link leads', 'links lead')} elsewhere than the text says.`] : []),
    ...(forms + fields > 0
      ? [`It asks for input: ${count(forms, 'form', 'forms')}, ${count(fields, 'field', 'fields')}, all taken apart.`]
      : []),
    ...(remoteImages > 0 ? [`${count(remoteImages, 'picture', 'pictures')} from elsewhere not loaded.`] : []),
  ];
}
