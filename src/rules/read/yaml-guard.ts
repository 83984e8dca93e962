import { Lexer } from 'yaml';
import type { ReadLimits } from './limits.ts';
import { Unreadable } from './tree.ts';

/** The `yaml` package's sign before the text of a plain or quoted scalar. */
const SCALAR = '\u001f';
/** Steps into brackets, and out of them. */
const brackets: Readonly<Record<string, number>> = { '[': 1, '{': 1, ']': -1, '}': -1 };

/**
 * Refuses YAML on which the parser would run out of stack, memory or patience: found out from its tokens, which cost no
 * more than their length.
 *
 * @throws Unreadable
 */
export function guardYaml(text: string, { depth, rulesOfFile, yamlTokens }: ReadLimits): void {
  let [at, open, marks, documents, tokens] = [0, 0, 0, 0, 0];
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    if (!isScalar) {
      open += brackets[token] ?? 0;
      // compact nesting, `- - - x`, stands on one line
      if (token === '\n' || token === '\r\n') marks = 0;
      else if (token === '-' || token === '?') marks++;
      if (token === '---') documents++;
      if (open > depth || (open === 0 && marks > depth))
        throw new Unreadable('it is nested too deeply', at, `${depth} levels`);
      if (documents > rulesOfFile) throw new Unreadable('it has too many documents', at, `${rulesOfFile} documents`);
    }
    if (++tokens > yamlTokens)
      throw new Unreadable('it has too many parts', at, `${yamlTokens} signs, names and texts`);
    isScalar = token === SCALAR;
    if (!/^[\u0002\u0018\u001f]$/.test(token)) at += token.length;
  }
}
