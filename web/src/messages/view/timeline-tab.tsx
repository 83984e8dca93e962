import type { TimelineEntry } from '../../../../src/investigate/index.ts';
import { Badge, Button, FailureNotice, Spinner, type Tone } from '../../ui/index.ts';
import { Hostile } from '../text/hostile.tsx';
import { secondOf } from '../text/times.ts';
import css from './message-page.module.css';
import type { TabMeans } from './message-tabs.tsx';

const tones: Readonly<Partial<Record<TimelineEntry['kind'], Tone>>> = {
  click: 'bad',
  'post-delivery': 'good',
  reply: 'warn',
  forward: 'warn',
  later: 'warn',
  delivered: 'accent',
};

/** Everything with a time, oldest first: sending, hops, delivery, clicks and what came after. */
export function TimelineTab({ means }: { readonly means: TabMeans }) {
  const { investigation, investigationError, investigate } = means;
  if (!investigation)
    return (
      <div className={css.content}>
        {investigationError === undefined ? (
          <Spinner label="Investigating" />
        ) : (
          <FailureNotice error={investigationError} actions={<Button onPress={investigate}>Try again</Button>} />
        )}
      </div>
    );
  return (
    <div className={css.content}>
      <ol className={css.timeline}>
        {investigation.timeline.map(({ at, kind, words }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a timeline does not change its order
          <li key={index}>
            <time dateTime={at}>{secondOf(at)}</time>
            <span>
              <Badge tone={tones[kind] ?? 'quiet'}>{kind}</Badge>
            </span>
            <Hostile text={words} most={500} />
          </li>
        ))}
      </ol>
    </div>
  );
}
