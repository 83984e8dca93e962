import { MailhuntError } from '../../errors/index.ts';
import { readable } from './bind.ts';
import { language, listOf, type Syntax } from './language.ts';

/**
 * A query text as Microsoft's formatter lays it out: an operator a line. Names are not looked up, comments stay.
 *
 * @throws MailhuntError KQL0001 where the text is no KQL, KQL0003, KQL0006
 * @example format('T|where a==1') // "T\n| where a == 1"
 */
export function format(text: string): string {
  readable(text);
  const { Kusto } = language();
  const code = Kusto.Language.KustoCode.Parse(text);
  const error = listOf(code.GetDiagnostics()).find((diagnostic) => diagnostic.Severity === 'Error');
  if (error !== undefined) {
    const span = { start: error.Start, length: error.Length };
    throw new MailhuntError('KQL0001', { text: String(error.Message) }, { span, foreignCode: error.Code });
  }
  const formatted = laidOut(text);
  return sameTokens(text, formatted) ? formatted : text;
}

/** Some texts settle only when they are laid out again. */
const MAX_ROUNDS = 4;

function laidOut(text: string): string {
  const { Kusto } = language();
  const { KustoCodeService, FormattingOptions } = Kusto.Language.Editor;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  let [before, after] = ['', text];
  for (let round = 0; round < MAX_ROUNDS && before !== after; round++) {
    before = after;
    const service = new KustoCodeService.ctor(Kusto.Language.KustoCode.Parse(before));
    // The formatter's own line breaks are those of Windows.
    after = String(service.GetFormattedText(FormattingOptions.Default, 0).Text).replace(/\r?\n/g, lineBreak);
  }
  return after;
}

/** Laying out must never change what a query says: a text that it would change stays as it is. */
const sameTokens = (a: string, b: string): boolean => JSON.stringify(tokensOf(a)) === JSON.stringify(tokensOf(b));

function tokensOf(text: string): string[] {
  const { Kusto } = language();
  const tokens: Syntax[] = listOf(Kusto.Language.KustoCode.Parse(text).GetLexicalTokens());
  return tokens.map((token) => String(token.Text)).filter((word) => word !== '');
}
