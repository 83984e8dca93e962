import { useEffect, useState } from 'react';
import type { SourceText } from '../../../../src/server/workbench/messages/source.ts';
import { getJson } from '../../api/index.ts';
import { Button } from '../../ui/index.ts';
import css from './message-page.module.css';
import type { TabMeans } from './message-tabs.tsx';
import { NoSource } from './no-source.tsx';
import { NotYet } from './not-yet.tsx';

/** The message as it came, a part at a time: one of 50 MB is not put into the page whole. */
export function SourceTab({ means }: { readonly means: TabMeans }) {
  const path = `${means.base}/source`;
  const isThere = means.shown.hasSource && means.mayReadBodies;
  const [parts, setParts] = useState<readonly SourceText[]>([]);
  const [error, setError] = useState<unknown>();
  const last = parts.at(-1);
  const read = (from: number, signal?: AbortSignal) =>
    getJson<SourceText>(`${path}.txt?from=${from}`, signal).then(
      (part) => setParts((before) => (from === 0 ? [part] : [...before, part])),
      (thrown: unknown) => {
        if (!signal?.aborted) setError(thrown);
      },
    );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first part, once a message
  useEffect(() => {
    if (!isThere) return;
    const stop = new AbortController();
    void read(0, stop.signal);
    return () => stop.abort();
  }, [path, isThere]);

  if (!isThere) return <NoSource means={means} />;
  if (error || !last) return <NotYet error={error} label="Reading the source" />;
  return (
    <div className={css.fill}>
      <div className={css.bar}>
        <a href={path} download>
          Save as .eml
        </a>
        <span className={css.muted}>{last.size.toLocaleString('en')} bytes; control characters are written out</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1) */}
      <pre className={css.source} tabIndex={0}>
        {parts.map(({ text }) => text).join('')}
      </pre>
      {last.next !== undefined && (
        <Button onPress={() => void read(last.next ?? 0)}>
          More ({Math.round((100 * last.next) / last.size)} % shown)
        </Button>
      )}
    </div>
  );
}
