import { useEffect, useState, useSyncExternalStore } from 'react';
import { Button, CodeBlock, counted, Dialog, Spinner } from '../ui/index.ts';
import css from './hunt.module.css';
import type { ProblemListProps } from './problem-list.tsx';
import { ProblemList } from './problem-list.tsx';
import { problemOfFailure, warningProblems } from './problems.ts';
import type { Run } from './run.ts';

export interface StatusLineProps extends Pick<ProblemListProps, 'lineOf' | 'onGo'> {
  readonly run: Run;
  readonly onCancel: () => void;
}

/** How a run goes or went: rows, time, its SQL, what is to be known with it. */
export function StatusLine({ run, onCancel, lineOf, onGo }: StatusLineProps) {
  const { result } = run;
  const {
    state,
    tables,
    warnings,
    failure,
    further = [],
    capped,
    duration,
  } = useSyncExternalStore(result.subscribe, result.snapshot);
  const [showsSql, setShowsSql] = useState(false);
  const isRunning = state === 'running';
  const elapsed = useElapsed(run, isRunning);
  const rows = tables.reduce((sum, table) => sum + table.total, 0);
  const failures = failure ? [failure, ...further] : [];
  const problems = [...failures.map((one) => problemOfFailure(one, 0)), ...warningProblems(warnings, 0)];
  // A query that gave none failed before there was anything to count.
  const countsRows = state !== 'failed' || tables.length > 0;
  const server = result.milliseconds;
  return (
    <>
      <div className={css.status}>
        <span className="unseen" role="status">
          {isRunning ? 'Running' : [names[state], ...(countsRows ? [`${rows} rows`] : [])].join(', ')}
        </span>
        {isRunning && <Spinner label="Running" />}
        {!isRunning && <strong className={css[state]}>{names[state]}</strong>}
        {countsRows && (
          <span>
            {counted(rows, 'row')}
            {tables.length > 1 && ` in ${tables.length} tables`}
          </span>
        )}
        <span>{seconds(isRunning ? elapsed : duration)}</span>
        {server !== undefined && <span className={css.faint}>{seconds(server)} on the server</span>}
        {capped && <span className={css.capped}>the first, of more</span>}
        <span className={css.space} />
        {tables.length > 0 && (
          <Button look="quiet" small icon="code" onPress={() => setShowsSql(true)}>
            SQL
          </Button>
        )}
        {isRunning && (
          <Button look="quiet" small icon="stop" onPress={onCancel}>
            Cancel
          </Button>
        )}
      </div>
      {problems.length > 0 && (
        <div className={css.said} role={failure ? 'alert' : undefined}>
          <ProblemList problems={problems} lineOf={lineOf} onGo={onGo} />
        </div>
      )}
      <Dialog isOpen={showsSql} onClose={() => setShowsSql(false)} title="What ran, as SQL" wide>
        <div className={css.sql}>
          {tables.map(({ name, sql }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: tables may have the same name, and never change places
            <CodeBlock key={index} label={tables.length > 1 ? `${index + 1}. ${name}` : 'SQL'} text={sql} />
          ))}
        </div>
      </Dialog>
    </>
  );
}

const names = { running: 'Running', done: 'Done', failed: 'Failed', cancelled: 'Cancelled' } as const;

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;

/** Milliseconds since a run began, told anew while it runs. */
function useElapsed({ result }: Run, isRunning: boolean): number {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => tick((count) => count + 1), 100);
    return () => clearInterval(timer);
  }, [isRunning]);
  return result.elapsed;
}
