import { getKustoWorker, monaco } from '../editor/monaco.ts';

/** Microsoft's kinds of words by their numbers (`ClassificationKind`), which are the class names that `editor.css` colours. */
const kinds = [
  'PlainText',
  'Comment',
  'Punctuation',
  'Directive',
  'Literal',
  'StringLiteral',
  'Type',
  'Column',
  'Table',
  'Database',
  'Function',
  'Parameter',
  'Variable',
  'Identifier',
  'ClientParameter',
  'QueryParameter',
  'ScalarOperator',
  'MathOperator',
  'QueryOperator',
  'Command',
  'Keyword',
  'MaterializedView',
  'SchemaMember',
  'SignatureParameter',
  'Option',
];

const shown = new Set(kinds.filter((kind) => kind !== 'PlainText' && kind !== 'Identifier'));

/** While somebody types the colours would be those of an older text: they are asked for again after so long, in milliseconds. */
const AGAIN = 700;
const MOST_TRIES = 20;

/**
 * Colours a whole text by its schema. Microsoft's mode does so for what is typed, and for all of it only when the schema
 * changes: a text that was opened, or typed into too early, would stay without.
 */
export async function colourWhole(model: monaco.editor.ITextModel, tries = MOST_TRIES): Promise<void> {
  const workerFor = await getKustoWorker();
  if (model.isDisposed()) return;
  const version = model.getVersionId();
  // the mode's own way to the worker knows more than its types say
  const worker = (await workerFor(model.uri)) as unknown as Colourist;
  const parts = await worker.doColorization(String(model.uri), []);
  if (model.isDisposed()) return;
  if (model.getVersionId() !== version) {
    if (tries > 0) setTimeout(() => void colourWhole(model, tries - 1), AGAIN);
    return;
  }
  const before = model.getAllDecorations().filter(({ options }) => shown.has(options.inlineClassName ?? ''));
  const after = parts.flatMap(({ classifications }) => classifications.flatMap((word) => decorationOf(word, model)));
  model.deltaDecorations(
    before.map(({ id }) => id),
    after,
  );
}

interface Colourist {
  doColorization(
    uri: string,
    changed: readonly never[],
  ): Promise<readonly { readonly classifications: readonly Word[] }[]>;
}

interface Word {
  readonly start: number;
  readonly end: number;
  readonly kind: number;
}

function decorationOf(
  { start, end, kind }: Word,
  model: monaco.editor.ITextModel,
): monaco.editor.IModelDeltaDecoration[] {
  const name = kinds[kind];
  if (name === undefined || !shown.has(name)) return [];
  const range = monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
  const stickiness = monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges;
  return [{ range, options: { inlineClassName: name, stickiness } }];
}
