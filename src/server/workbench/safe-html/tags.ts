/** What a message's HTML may hold: tags and their attributes. All else goes; the text of unknown tags stays. */
export const allowedTags: readonly string[] = [
  'a abbr address article aside b bdi big blockquote br caption center cite code col colgroup dd del dfn div dl dt em',
  'figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp section small',
  'span strike strong sub sup table tbody td tfoot th thead tr tt u ul var wbr',
].flatMap((line) => line.split(' '));

/** Tags whose content goes with them: it is no text for a reader, or is read by other rules than HTML's. */
export const droppedWhole: readonly string[] = [
  'script style title noscript noframes noembed template svg math object applet embed audio video canvas xmp plaintext',
  'frameset frame option optgroup datalist portal fencedframe',
].flatMap((line) => line.split(' '));

const look = ['style', 'dir', 'lang', 'align', 'title'];
const cell = ['colspan', 'rowspan', 'valign', 'width', 'height', 'bgcolor', 'nowrap', 'abbr', 'scope'];

/** Attributes by tag; `*` for every one. `data-n` is written by us alone. */
export const allowedAttributes: Readonly<Record<string, readonly string[]>> = {
  '*': look,
  a: ['data-n'],
  img: ['data-n'],
  table: ['width', 'height', 'border', 'cellpadding', 'cellspacing', 'bgcolor', 'summary'],
  td: cell,
  th: cell,
  tr: ['bgcolor', 'valign', 'height'],
  tbody: ['valign'],
  col: ['span', 'width'],
  colgroup: ['span', 'width'],
  font: ['color', 'face', 'size'],
  ol: ['start', 'type', 'reversed'],
  ul: ['type'],
  li: ['value', 'type'],
  hr: ['width', 'size', 'color', 'noshade'],
  del: ['datetime'],
  ins: ['datetime'],
};

/** What a plain attribute may hold: numbers, colours, words. `style` and `title` have rules of their own. */
export const plainValue = /^[\w#%.,+ -]{0,100}$/;
