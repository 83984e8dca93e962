/** A name as KQL's text, whatever is in it: `['a\'b']`. */
export const quotedName = (name: string): string =>
  `['${name.replace(/[\\'"\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (c) =>
    /[\\'"]/.test(c) ? `\\${c}` : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}']`;
