import { kindOf, listOf, type Syntax } from './language.ts';

/** A source that `union isfuzzy=true` does without. */
export interface MissingSource {
  readonly name: string;
  readonly span: { readonly start: number; readonly length: number };
}

/** Whether a UnionOperator says `isfuzzy=true`. */
export const isFuzzy = (union: Syntax): boolean =>
  listOf(union?.Parameters).some((item) => /^isfuzzy=true$/i.test(String(item).replace(/\s/g, '')));

/** The node that a source begins with: the name of a table, in brackets or not. */
export function firstOf(source: Syntax): Syntax {
  const isInner = ['ParenthesizedExpression', 'PipeExpression'].includes(kindOf(source));
  return isInner ? firstOf(source.Expression) : source;
}

/** True for a name that stands for nothing. */
export const isUnknown = (node: Syntax): boolean =>
  kindOf(node) === 'NameReference' && (node.ReferencedSymbol === null || node.ReferencedSymbol === undefined);

/**
 * The text with blanks for the sources that its fuzzy unions do without, so that what is left binds as if they were not
 * there, at the same places. A union that would be left with none keeps them.
 */
export function withoutMissing(text: string, root: Syntax): { text: string; missing: MissingSource[] } {
  const missing: MissingSource[] = [];
  let left = text;
  if (/isfuzzy/i.test(text)) {
    visit(root, (union) => {
      const sources = listOf(union.Expressions);
      const isMissing = sources.map((source) => isUnknown(firstOf(source)));
      const last = isMissing.lastIndexOf(false);
      if (last < 0) return;
      sources.forEach((source, i) => {
        if (isMissing[i]) {
          missing.push({
            name: String(firstOf(source)).trim(),
            span: { start: source.TextStart, length: source.Width },
          });
          left = blank(left, source.TextStart, source.Width);
        }
        const comma = source.Parent.Separator;
        if (comma && (isMissing[i] || i === last)) left = blank(left, comma.TextStart, comma.Width);
      });
    });
  }
  return { text: left, missing };
}

/** Every fuzzy union of a tree. */
function visit(node: Syntax, each: (union: Syntax) => void): void {
  if (kindOf(node) === 'UnionOperator' && isFuzzy(node)) each(node);
  for (let i = 0; i < (node.ChildCount ?? 0); i++) {
    const child = node.GetChild(i);
    if (child?.ChildCount > 0) visit(child, each);
  }
}

/** A part of a text as blanks; its line breaks stay, for a comment may end there. */
const blank = (text: string, start: number, length: number): string =>
  text.slice(0, start) + text.slice(start, start + length).replace(/[^\n]/g, ' ') + text.slice(start + length);
