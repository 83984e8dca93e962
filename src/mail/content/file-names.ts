/** Characters that print nothing, turn the reading direction or break lines: C0, C1, bidirectional controls, zero width. */
const INVISIBLE = /[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Longest of common file systems. */
const LONGEST = 255;

/**
 * A file name as it can stand in a row: without folders, control characters and marks that turn the reading direction
 * (`exe.fdp` made to look like `pdf.exe`), at most 255 characters of which the end with the extension is kept.
 *
 * @example cleanFileName('..\\..\\invoice\u202efdp.exe') // 'invoicefdp.exe'
 */
export function cleanFileName(name: string): string {
  const visible = name.replace(INVISIBLE, '').trim();
  const last = visible.slice(Math.max(visible.lastIndexOf('/'), visible.lastIndexOf('\\')) + 1).trim();
  if (last.length <= LONGEST) return last;
  const extension = extensionOf(last);
  return last.slice(0, LONGEST - extension.length).trimEnd() + extension;
}

/**
 * The extension with its dot, lower case, as Defender's FileExtension has it; empty where there is none. Dots and blanks
 * at the end of a name are passed over, as Windows does.
 *
 * @example extensionOf('Invoice.PDF.exe ') // '.exe'
 */
export function extensionOf(name: string): string {
  const last = name.slice(-100).replace(/[. ]{1,100}$/, '');
  const dot = last.lastIndexOf('.');
  return dot < 0 ? '' : (/^\.[^\s./\\]{1,20}$/.exec(last.slice(dot))?.[0].toLowerCase() ?? '');
}
