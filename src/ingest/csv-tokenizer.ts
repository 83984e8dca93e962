/** The record goes on beyond the text at hand. */
export const INCOMPLETE = -1;
/** A closing quote is followed by neither delimiter nor line end. */
export const BROKEN = -2;

const QUOTE = 34;

/**
 * Cuts CSV text into cells (RFC 4180; the delimiter is one character; LF or CRLF). A quote inside a cell that does not
 * begin with one stands for itself. Written for speed: quotes and delimiters are found by `indexOf`.
 *
 * @example
 * const csv = new CsvTokenizer(',');
 * csv.feed('a,"b ""c"""\n');
 * csv.next(cells) // 2, cells: ['a', 'b "c"']
 */
export class CsvTokenizer {
  /** Where the next record begins. */
  position = 0;
  /** Line ends that the last record held, its own included. */
  lines = 0;
  readonly #delimiter: string;
  readonly #delimiterCode: number;
  #text = '';

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
    this.#delimiterCode = delimiter.charCodeAt(0);
  }

  feed(text: string): void {
    this.#text = text;
    this.position = 0;
  }

  /**
   * Reads a record into `cells` and returns how many there are; 0 at the end of the text. {@link INCOMPLETE} and
   * {@link BROKEN} leave the position where the record begins.
   */
  next(cells: string[]): number {
    const text = this.#text;
    const length = text.length;
    let at = this.position;
    if (at >= length) return 0;
    let count = 0;
    let lines = 1;
    let lineEnd = text.indexOf('\n', at);
    if (lineEnd < 0) lineEnd = length;
    for (;;) {
      const first = text.charCodeAt(at);
      if (first === this.#delimiterCode) {
        cells[count++] = '';
        at++;
        continue;
      }
      if (first === QUOTE) {
        let close = text.indexOf('"', at + 1);
        let doubled = false;
        while (close >= 0 && text.charCodeAt(close + 1) === QUOTE) {
          doubled = true;
          close = text.indexOf('"', close + 2);
        }
        if (close < 0) return INCOMPLETE;
        const cell = text.slice(at + 1, close);
        cells[count++] = doubled ? cell.replaceAll('""', '"') : cell;
        at = close + 1;
        if (at > lineEnd) {
          for (; lineEnd >= 0 && lineEnd < at; lineEnd = text.indexOf('\n', lineEnd + 1)) lines++;
          if (lineEnd < 0) lineEnd = length;
        }
        const after = text.charCodeAt(at);
        if (after === this.#delimiterCode) {
          at++;
          continue;
        }
        if (at !== lineEnd && !(after === 13 && at + 1 === lineEnd)) return BROKEN;
      } else {
        const end = text.indexOf(this.#delimiter, at);
        if (end >= 0 && end < lineEnd) {
          cells[count++] = text.slice(at, end);
          at = end + 1;
          continue;
        }
        const carriage = lineEnd > at && text.charCodeAt(lineEnd - 1) === 13 ? 1 : 0;
        cells[count++] = text.slice(at, lineEnd - carriage);
      }
      this.position = Math.min(lineEnd + 1, length);
      this.lines = lines;
      return count;
    }
  }
}

/**
 * The delimiter of a CSV header line: the comma, semicolon or tab that stands there most often outside quotes.
 *
 * @example delimiterOf('Timestamp;Subject\r') // ';'
 */
export function delimiterOf(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((delimiter) => ({ delimiter, count: bare.split(delimiter).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}
