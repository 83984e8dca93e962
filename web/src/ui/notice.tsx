import type { ReactNode } from 'react';
import { type Failure, ServerError } from '../api/call.ts';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import css from './notice.module.css';
import tones from './tone.module.css';
import type { Tone } from './tone.ts';

type NoticeTone = Exclude<Tone, 'quiet'>;

const icons: Readonly<Record<NoticeTone, IconName>> = { accent: 'info', good: 'good', warn: 'warning', bad: 'error' };

export interface NoticeProps {
  readonly tone?: NoticeTone;
  readonly title?: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** A line or two that the visitor should read: news, a warning, an error. An error is said at once by a screen reader. */
export function Notice({ tone = 'accent', title, children, actions }: NoticeProps) {
  return (
    <div className={classNames(css.notice, tones[tone])} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={icons[tone]} />
      <div className={css.words}>
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
      </div>
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  );
}

/** What an error is for its reader: what the server said, or the words of any other. */
export const failureOf = (error: unknown): Failure =>
  error instanceof ServerError
    ? error.failure
    : { code: '', message: error instanceof Error ? error.message : String(error) };

/** An error of the server or of the network: what happened, what to do, its code. */
export function FailureNotice({ error, actions }: { readonly error: unknown; readonly actions?: ReactNode }) {
  const { code, message, advice, line, column } = failureOf(error);
  const place = line === undefined ? '' : ` (line ${line}, column ${column ?? 1})`;
  return (
    <Notice tone="bad" title={`${message}${place}`} actions={actions}>
      {advice} {code && <code className={css.code}>{code}</code>}
    </Notice>
  );
}
