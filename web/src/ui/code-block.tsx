import css from './code-block.module.css';
import { CopyButton } from './copy-button.tsx';

export interface CodeBlockProps {
  readonly text: string;
  /** What it is: `KQL`, `Record to publish`. */
  readonly label: string;
  /** Long lines are broken instead of scrolled to. */
  readonly wrap?: boolean;
}

/** Text as it stands, with a button that copies it. */
export function CodeBlock({ text, label, wrap = false }: CodeBlockProps) {
  return (
    <figure className={css.block}>
      <figcaption className={css.head}>
        {label}
        <CopyButton text={text} label={`Copy ${label}`} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1) */}
      <pre className={wrap ? css.wrap : css.code} tabIndex={0}>
        {text}
      </pre>
    </figure>
  );
}
