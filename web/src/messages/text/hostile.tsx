import css from './hostile.module.css';
import { clipped, plainText, stretchesOf } from './hostile-text.ts';

/**
 * A text that a stranger chose: nothing in it hides or turns around, and it is no longer than said. The whole is its tip.
 *
 * @example <Hostile text={message.subject} most={200} />
 */
export function Hostile({
  text,
  most = 300,
  mono = false,
}: {
  readonly text: string;
  readonly most?: number;
  readonly mono?: boolean;
}) {
  const short = clipped(text, most);
  return (
    <bdi className={mono ? css.mono : undefined} {...(short !== text && { title: plainText(clipped(text, 4000)) })}>
      {stretchesOf(short).map((stretch, index) =>
        'text' in stretch ? (
          stretch.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its order
          <span key={index} className={css.mark} title={stretch.name}>
            {stretch.code}
            <span className="unseen"> {stretch.name} </span>
          </span>
        ),
      )}
    </bdi>
  );
}

/** A domain, and where it is written in A-labels, how it looks to a person. */
export function Domain({
  name,
  unicode,
}: {
  readonly name: string;
  readonly unicode?: Readonly<Record<string, string>>;
}) {
  const shown = unicode?.[name];
  return (
    <span className={css.mono}>
      <Hostile text={name} most={120} />
      {shown !== undefined && shown !== name && (
        <span className={css.shown}>
          {' '}
          looks like <Hostile text={shown} most={120} />
        </span>
      )}
    </span>
  );
}
