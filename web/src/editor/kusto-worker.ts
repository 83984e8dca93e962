/**
 * The worker that completes, colours and explains KQL: Microsoft's, with the parser that the engine uses
 * (`web/kusto-parser.ts`), and with queries parted where the page parts them.
 */
import '@kusto/monaco-kusto/release/esm/kusto.worker.js';
import { withoutInnerGaps } from './statements.ts';

/** What Microsoft's service parts a text with. Everything of it is global, as it was written for a page. */
interface CodeScript {
  From$1(text: string, globals: unknown): unknown;
  readonly prototype: { WithText(text: string): unknown };
}

declare const Kusto: { readonly Language: { readonly Editor: { readonly CodeScript: CodeScript } } };

const { CodeScript } = Kusto.Language.Editor;
const { From$1: from } = CodeScript;
const { WithText: withText } = CodeScript.prototype;
CodeScript.From$1 = (text, globals) => from.call(CodeScript, withoutInnerGaps(text), globals);
CodeScript.prototype.WithText = function (this: unknown, text: string) {
  return withText.call(this as never, withoutInnerGaps(text));
};
