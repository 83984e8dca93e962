import { type QueryLine, queryLines } from './query-lines.ts';

/** A query within a text, with the comment lines above it that tell about it. */
export interface Stretch {
  readonly about: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** What begins a query and goes on none: a `let`, a source word, or a name with a pipe behind or below it. */
const SOURCE = /^(?:let\s+\w|(?:union|search|find|print|range|externaldata|datatable|materialize)\b)/;
const NAME = /^[A-Za-z_]\w{0,127}(?:\([^()]{0,200}\))?\s*(\|.*)?$/s;
/** What a query does not end with. */
const OPEN_END = /(?:[|,;(=<>+*/-]|\b(?:and|or|not|by|on|in|has|contains|union|join|lookup|where|kind|with|between))$/i;

/**
 * The queries of a text. A blank line with a comment below it parts two queries where the upper one is complete and the
 * lower one can only be a beginning; else the text is one query.
 */
export function splitQueries(text: string, from = 0, to = text.length): Stretch[] {
  const lines = queryLines(text, from, to);
  const cuts = cutsOf(lines);
  return [0, ...cuts].flatMap((first, i) => stretchOf(text, lines.slice(first, cuts[i])) ?? []);
}

/** The lines at which a query begins that is not the first: the first comment of a gap between two. */
function cutsOf(lines: readonly QueryLine[]): number[] {
  const codes = lines.flatMap(({ kind }, i) => (kind === 'code' ? [i] : []));
  return codes.flatMap((next, i) => {
    const above = codes[i - 1];
    if (above === undefined || !endsQuery(lines[above]!) || !beginsQuery(lines, next, codes[i + 1])) return [];
    // a comment below a blank line: one directly below the query above still belongs to that
    const gap = lines.slice(above + 1, next);
    const cut = gap.findIndex(({ kind }, at) => kind === 'comment' && gap[at - 1]?.kind === 'blank');
    return cut > 0 ? [above + 1 + cut] : [];
  });
}

const endsQuery = ({ depth, code }: QueryLine): boolean => depth === 0 && !OPEN_END.test(code.slice(-40));

function beginsQuery(lines: readonly QueryLine[], at: number, below: number | undefined): boolean {
  const { code } = lines[at]!;
  if (SOURCE.test(code)) return true;
  const name = NAME.exec(code);
  const isPiped = below !== undefined && lines[below]!.code.startsWith('|');
  return name !== null && (name[1] !== undefined || isPiped);
}

const OWN = /^\s*\/\/\s*mailhunt\b/;

/** The comments above the code are about it, but for the last of several blocks, which stands directly above the code. */
function stretchOf(text: string, lines: readonly QueryLine[]): Stretch | undefined {
  const textOf = ({ start, end }: QueryLine): string => text.slice(start, end);
  const code = lines.findIndex(({ kind }) => kind === 'code');
  if (code < 0) return undefined;
  const blank = lines.slice(0, code).findLastIndex(({ kind }) => kind === 'blank');
  const hasBlockAbove = lines.slice(0, Math.max(blank, 0)).some(({ kind }) => kind === 'comment');
  const own = lines.slice(0, code).findIndex((line) => OWN.test(textOf(line)));
  const first = Math.min(hasBlockAbove ? blank + 1 : code, own < 0 ? code : own);
  const last = lines.findLast(({ kind }) => kind !== 'blank')!;
  const about = lines.slice(0, first).map((line) =>
    textOf(line)
      .replace(/^\s*\/{2,} ?/, '')
      .trimEnd(),
  );
  return { about, start: lines[first]!.start, end: last.end };
}
