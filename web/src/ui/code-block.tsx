import type { ReactNode } from 'react';
import css from './code-block.module.css';
import { CopyButton } from './copy-button.tsx';

export interface CodeBlockProps {
  readonly text: string;
  /** What it is: `KQL`, `Record to publish`. */
  readonly label: string;
  /** Long lines are broken instead of scrolled to. */
  readonly wrap?: boolean;
  /** Beside the button that copies. */
  readonly tools?: ReactNode;
}

/** Text as it stands, with a button that copies it. */
export function CodeBlock({ text, label, wrap = false, tools }: CodeBlockProps) {
  return (
    <figure className={css.block}>
      <figcaption className={css.head}>
        {label}
        <span className={css.tools}>
          {tools}
          <CopyButton text={text} label={`Copy ${label}`} />
        </span>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1) */}
      <pre className={wrap ? css.wrap : css.code} tabIndex={0}>
        {text}
      </pre>
    </figure>
  );
}
