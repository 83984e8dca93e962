/**
 * Properties that a message may set on its own elements: looks, not places. Nothing that takes an element out of its
 * place (position, transform, negative lengths), cuts what does not fit (overflow, height), turns the order of letters
 * around (unicode-bidi), moves, or fetches.
 */
const PROPERTIES = new Set(
  [
    'background-color color direction white-space word-break word-spacing letter-spacing line-height',
    'font font-family font-size font-style font-variant font-weight text-align text-decoration text-indent text-transform',
    'vertical-align list-style-type border-collapse border-spacing table-layout empty-cells caption-side',
    'width max-width min-width min-height display float clear box-sizing',
    ...['', '-top', '-right', '-bottom', '-left'].flatMap((side) => [
      `margin${side} padding${side} border${side}`,
      `border${side}-color border${side}-style border${side}-width`,
    ]),
    'border-radius border-top-left-radius border-top-right-radius border-bottom-left-radius border-bottom-right-radius',
    'background',
  ].flatMap((line) => line.split(' ')),
);

/** Words, lengths, colours and lists of them; the only functions are those that name a colour. */
const VALUE = /^(?:[\w#%.,'" /+!-]|\b(?:rgb|rgba|hsl|hsla)\([\d\s.,%/]{1,60}\)){1,200}$/i;

/** A value below zero shifts what it is set on over its neighbours. */
const NEGATIVE = /(?:^|[\s,(])-\.?\d/;

const DISPLAYS = new Set(
  'none block inline inline-block table inline-table table-row table-cell table-row-group table-header-group table-footer-group list-item'.split(
    ' ',
  ),
);

/** Characters of one `style` attribute that are read. */
const LONGEST = 4000;

/**
 * A `style` attribute with what may stay in it; empty where nothing does. What is not known is left out: escapes,
 * comments, `url()`, `expression()`, `var()`, `!important` tricks and vendor properties alike.
 *
 * @example safeStyle('color: red; position: fixed; background: url(https://x.example/)') // 'color:red'
 */
export function safeStyle(style: string): string {
  return style
    .slice(0, LONGEST)
    .split(';')
    .flatMap((declaration) => {
      const colon = declaration.indexOf(':');
      if (colon < 0) return [];
      const property = declaration.slice(0, colon).trim().toLowerCase();
      const value = declaration
        .slice(colon + 1)
        .replace(/!\s{0,9}important/i, '')
        .trim();
      return isSafe(property, value) ? [`${property}:${value}`] : [];
    })
    .join(';');
}

function isSafe(property: string, value: string): boolean {
  if (!PROPERTIES.has(property) || !VALUE.test(value) || NEGATIVE.test(value)) return false;
  if (property === 'display') return DISPLAYS.has(value.toLowerCase());
  // Lines that lie on top of each other hide what they say.
  if (property === 'line-height')
    return /^(?:normal|(?:0?\.[89]|[1-9])[\d.]*(?:em|rem)?|[1-9]\d[\d.]*(?:px|pt|%)|[89]px|[6-9]pt)$/i.test(value);
  return true;
}
