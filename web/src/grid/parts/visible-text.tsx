import { hasHidden, visibleParts } from '../values/hidden-characters.ts';
import css from './visible-text.module.css';

/** Characters of a cell that the grid draws; the rest is in its details. */
const DRAWN = 400;

interface VisibleTextProps {
  readonly text: string;
  /** Text that is looked for, in lower case: marked where it stands. */
  readonly needle?: string;
  readonly clipped?: boolean;
}

/** A text that others wrote, as text, with escapes where it holds characters that would not be seen. */
export function VisibleText({ text, needle = '', clipped = false }: VisibleTextProps) {
  const drawn = clipped && text.length > DRAWN ? `${text.slice(0, DRAWN).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
  if (needle !== '' && drawn.toLowerCase().includes(needle)) return <Marked text={drawn} needle={needle} />;
  if (!hasHidden(drawn)) return drawn;
  return visibleParts(drawn).map(({ text: part, escaped }, i) =>
    escaped ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move
      <span key={i} className={css.escape}>
        {part}
      </span>
    ) : (
      part
    ),
  );
}

function Marked({ text, needle }: { readonly text: string; readonly needle: string }) {
  const at = text.toLowerCase().indexOf(needle);
  return (
    <>
      <VisibleText text={text.slice(0, at)} />
      <mark className={css.mark}>
        <VisibleText text={text.slice(at, at + needle.length)} />
      </mark>
      <VisibleText text={text.slice(at + needle.length)} />
    </>
  );
}
