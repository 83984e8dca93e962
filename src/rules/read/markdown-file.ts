import { basename, extname } from 'node:path';
import { aboutOf, tacticOf, techniquesIn } from './about.ts';
import { bareRules } from './bare-rule.ts';
import { type Block, markdownBlocks } from './markdown-blocks.ts';
import { looksLikeKql } from './query-lines.ts';
import type { FileContent, RuleFile } from './rule-file.ts';
import { type Stretch, splitQueries } from './split-queries.ts';

const KQL = /^(?:kql|kusto|csl)$/i;
/** What people write there for want of better; the text decides. */
const PERHAPS = /^(?:|sql|text|txt|plaintext|c#|csharp)$/i;

/** What stands in a block for the portal that a page has no query for. */
const NOTHING = /^\s*(?:n\/a|none|tbd|todo)\s*$/i;

type Fence = Extract<Block, { kind: 'fence' }>;

/** What the part of a page says of its queries that one of its highest headings heads. */
interface Part {
  readonly description: string | undefined;
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
}

/** A query of the page, under its headings. */
interface Found extends Stretch {
  /** The headings above it, the outermost first. */
  readonly headings: readonly string[];
  readonly part: Part;
}

/** Hunts of a Markdown page: its blocks of KQL, named by their headings. */
export function readMarkdownFile(file: RuleFile): FileContent {
  const found = queriesOf(file.text);
  if (found.length === 0) return { rules: [], other: 'a page without a block of KQL' };
  const names = namesOf(found, basename(file.path, extname(file.path)));
  const rules = bareRules(file, 'markdown', found, ({ about, part }, i) => {
    const { description, tactics, techniques, ...said } = aboutOf(about);
    const words = part.description ?? description;
    return {
      ...said,
      ...(words === undefined ? {} : { description: words }),
      name: names[i]!,
      tactics: [...new Set([...part.tactics, ...tactics])],
      techniques: [...new Set([...part.techniques, ...techniques])],
    };
  });
  return { rules };
}

function queriesOf(text: string): Found[] {
  return partsOf(markdownBlocks(text)).flatMap((blocks) => {
    const part: Part = {
      description: descriptionIn(blocks),
      tactics: tacticsIn(blocks),
      techniques: listedTechniques(blocks),
    };
    let open: { level: number; text: string }[] = [];
    return blocks.flatMap((block) => {
      if (block.kind === 'heading') open = [...open.filter(({ level }) => level < block.level), block];
      if (block.kind !== 'fence' || !isKql(text, block)) return [];
      const headings = open.map((heading) => heading.text);
      return (
        splitQueries(text, block.start, block.end)
          // what begins with a pipe is a piece of a query, shown to explain it
          .filter(
            ({ start, end }) => text[start] !== '|' && !NOTHING.test(text.slice(start, Math.min(end, start + 20))),
          )
          .map((stretch) => ({ ...stretch, headings, part }))
      );
    });
  });
}

/** A page at its highest headings: each begins a part, unless there is but one of them. */
function partsOf(blocks: readonly Block[]): (readonly Block[])[] {
  const highest = blocks.reduce((most, block) => (block.kind === 'heading' ? Math.min(most, block.level) : most), 7);
  const starts = blocks.flatMap((block, i) => (block.kind === 'heading' && block.level === highest ? [i] : []));
  return [0, ...starts.filter((start) => start > 0)].map((start, i, all) => blocks.slice(start, all[i + 1]));
}

function isKql(text: string, { language, start, end }: Fence): boolean {
  return KQL.test(language) || (PERHAPS.test(language) && looksLikeKql(text.slice(start, end)));
}

/** The title; with the nearest heading where the page has several queries, and a number where that is not enough. */
function namesOf(found: readonly Found[], fileName: string): string[] {
  const names = found.map(({ headings }) => {
    const [title = fileName, ...below] = headings;
    const nearest = below.at(-1);
    return found.length === 1 || nearest === undefined ? title : `${title}: ${nearest}`;
  });
  const count = new Map<string, number>();
  return names.map((name) => {
    const seen = (count.get(name) ?? 0) + 1;
    count.set(name, seen);
    return seen === 1 ? name : `${name} (${seen})`;
  });
}

/** What stands under the heading Description. */
function descriptionIn(part: readonly Block[]): string | undefined {
  const at = part.findIndex((block) => block.kind === 'heading' && /^description\b/i.test(block.text));
  if (at < 0) return undefined;
  const below = part.slice(at + 1);
  const end = below.findIndex(({ kind }) => kind !== 'text');
  const lines = below
    .slice(0, end < 0 ? undefined : end)
    .flatMap((block) => (block.kind === 'text' ? [block.text] : []));
  return lines.join('\n').trim() || undefined;
}

/** Ids in tables, lists and headings, and in lines that say technique or MITRE: elsewhere they are mentioned, not claimed. */
const listedTechniques = (part: readonly Block[]): string[] =>
  part.flatMap((block) =>
    block.kind === 'heading' || (block.kind === 'text' && /^\s*(?:[|*+-]|\d+\.)|technique|mitre/i.test(block.text))
      ? techniquesIn(block.text)
      : [],
  );

/** Names of tactics that fill a cell of a table or an item of a list. */
const tacticsIn = (part: readonly Block[]): string[] =>
  part.flatMap((block) =>
    block.kind === 'text' && /^\s*[|*+-]|tactic/i.test(block.text)
      ? block.text.split(/[|:,]|^\s*[*+-]\s/).flatMap((cell) => tacticOf(cell) ?? [])
      : [],
  );
