/**
 * A text in lines of at most so many characters, broken at blanks; control and formatting characters are blanks, so that
 * nothing in a name begins a line of its own. For comments in files of other programs.
 *
 * @example wrapped('one two', 5) // ['one', 'two']
 */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text
    .replaceAll(/[\s\p{C}]+/gu, ' ')
    .trim()
    .split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
