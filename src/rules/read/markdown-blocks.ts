/** A part of a Markdown page: a heading, a fenced block of code, or one line of anything else. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'fence'; readonly language: string; readonly start: number; readonly end: number }
  | { readonly kind: 'text'; readonly text: string };

const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/;
const FENCE = /^[ \t>]*(`{3,}|~{3,})[ \t]*([^`\s]*)[^`]*$/;

/** The parts of a page in their order. A fence that is not closed reaches to the page's end (CommonMark 4.5). */
export function markdownBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = [...text.matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g)].filter(({ 0: line }) => line !== '');
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]![0].trimEnd();
    const fence = FENCE.exec(line);
    if (fence !== null) {
      let last = i + 1;
      while (last < lines.length && !closes(lines[last]![0], fence[1]!)) last++;
      const [from, to] = [lines[i + 1]?.index ?? text.length, lines[last]?.index ?? text.length];
      blocks.push({ kind: 'fence', language: fence[2]!, start: Math.min(from, to), end: to });
      i = last;
      continue;
    }
    const [, marks, title = ''] = HEADING.exec(line) ?? [];
    blocks.push(
      marks === undefined
        ? { kind: 'text', text: line }
        : { kind: 'heading', level: marks.length, text: plainText(title) },
    );
  }
  return blocks;
}

/** A bare fence, as long as the opening one or longer; many pages write the language behind the closing one too. */
function closes(line: string, fence: string): boolean {
  const mark = line
    .trimEnd()
    .replace(/^[ \t>]+/, '')
    .replace(/(?<=```)(?:kql|kusto)$/i, '');
  return mark.length >= fence.length && mark === fence[0]!.repeat(mark.length);
}

/** A heading without its marks, emphasis and links. */
const plainText = (text: string): string =>
  text
    .replace(/[ \t]+#+[ \t]*$/, '')
    .replace(/\[([^\][]*)\]\([^()]*\)/g, '$1')
    .replace(/\*\*|__|`/g, '')
    .trim();
