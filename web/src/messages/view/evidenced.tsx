import type { ReactNode } from 'react';
import type { Evidence } from '../../../../src/evidence/index.ts';
import { FailureNotice, Notice, Spinner } from '../../ui/index.ts';
import css from './message-page.module.css';
import type { TabMeans } from './message-tabs.tsx';

/** A tab that needs evidence: waits for it, and says what could not be looked at. */
export function Evidenced({
  means: { evidence, evidenceError },
  about,
  children,
}: {
  readonly means: TabMeans;
  readonly about: string;
  readonly children: (evidence: Evidence) => ReactNode;
}) {
  if (!evidence)
    return (
      <div className={css.content}>
        {evidenceError === undefined ? <Spinner label="Looking it up" /> : <FailureNotice error={evidenceError} />}
      </div>
    );
  return (
    <div className={css.content}>
      {evidence.gaps
        .filter((gap) => gap.about === about)
        .map(({ words }) => (
          <Notice key={words} tone="warn">
            {words}
          </Notice>
        ))}
      {children(evidence)}
    </div>
  );
}
