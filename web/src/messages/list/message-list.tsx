import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { Button, EmptyState, FailureNotice, failureOf, Spinner } from '../../ui/index.ts';
import { useNarrow } from '../use-narrow.ts';
import css from './message-list.module.css';
import { MessageRow } from './message-row.tsx';
import type { MessageListState } from './use-message-list.ts';

export interface MessageListViewProps {
  readonly list: MessageListState;
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}

const HEIGHTS = { wide: 34, narrow: 74 } as const;

/** The rows, of which only those in sight are in the document; the next page is read before its end is reached. */
export function MessageListView({ list, chosen, onChoose }: MessageListViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const isNarrow = useNarrow();
  const { messages, isWhole, isLoading, more, error } = list;
  const rows = useVirtualizer({
    count: messages.length,
    getScrollElement: () => box.current,
    estimateSize: () => (isNarrow ? HEIGHTS.narrow : HEIGHTS.wide),
    overscan: 12,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (!isWhole && last >= messages.length - 20) more();
  }, [isWhole, last, messages.length, more]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height
  useEffect(() => rows.measure(), [isNarrow]);
  // A row that was chosen by its key comes into sight and takes the focus.
  useEffect(() => {
    if (chosen < 0) return;
    rows.scrollToIndex(chosen);
    if (document.activeElement?.closest('[data-index]') || isNowhere(document.activeElement))
      requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-index="${chosen}"]`)?.focus());
  }, [chosen, rows.scrollToIndex]);

  if (error && messages.length === 0 && failureOf(error).code === 'MSG0001')
    return (
      <EmptyState icon="search" title="The search cannot be read">
        {failureOf(error).message}
      </EmptyState>
    );
  if (error && messages.length === 0)
    return <FailureNotice error={error} actions={<Button onPress={list.reload}>Try again</Button>} />;
  if (messages.length === 0 && !isLoading)
    return (
      <EmptyState icon="messages" title="No message fits">
        Take a word out of the search, or widen the time.
      </EmptyState>
    );
  return (
    <div className={css.frame}>
      <div className={css.head} aria-hidden="true">
        <span>Time (UTC)</span>
        <span>DMARC</span>
        <span>Sender</span>
        <span>Subject</span>
        <span>Recipients</span>
        <span>Delivery</span>
        <span />
      </div>
      <div ref={box} className={css.scroll} aria-busy={isLoading}>
        <ul className={css.list} aria-label="Messages" style={{ height: rows.getTotalSize() }}>
          {shown.map(({ index, start, size }) => {
            const message = messages[index];
            return (
              message && (
                <li
                  key={message.networkMessageId}
                  className={css.item}
                  aria-posinset={index + 1}
                  aria-setsize={isWhole ? messages.length : -1}
                  style={{ transform: `translateY(${start}px)`, height: size }}
                >
                  <MessageRow
                    message={message}
                    index={index}
                    isChosen={index === chosen}
                    isStop={index === Math.max(chosen, 0)}
                    onFocus={onChoose}
                  />
                </li>
              )
            );
          })}
        </ul>
        {isLoading && (
          <div className={css.wait}>
            <Spinner label="Reading messages" />
          </div>
        )}
        {error !== undefined && <FailureNotice error={error} />}
      </div>
    </div>
  );
}

/** Whether nothing in particular has the focus. */
const isNowhere = (active: Element | null): boolean => active === document.body || active?.id === 'page';
