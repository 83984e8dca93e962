import { Button, Icon, type IconName, Popover } from '../ui/index.ts';
import css from './problem-list.module.css';
import { countProblems, type Problem } from './problems.ts';

const icons: Readonly<Record<Problem['severity'], IconName>> = { error: 'error', warning: 'warning', info: 'info' };

export interface ProblemListProps {
  readonly problems: readonly Problem[];
  /** The line of a place, from 1. */
  readonly lineOf: (start: number) => number;
  readonly onGo: (problem: Problem) => void;
}

/** What is wrong and where, each with what to do; pressing one puts the cursor there. */
export function ProblemList({ problems, lineOf, onGo }: ProblemListProps) {
  return (
    <ul className={css.list}>
      {problems.map((problem, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same words may be said of two places
        <li key={index} className={css[problem.severity]}>
          <Icon name={icons[problem.severity]} size={14} />
          <div className={css.words}>
            <span className={css.message}>{problem.message}</span>
            {problem.advice && <span className={css.advice}>{problem.advice}</span>}
          </div>
          {problem.code && <code className={css.code}>{problem.code}</code>}
          {problem.start !== undefined && (
            <Button look="quiet" small onPress={() => onGo(problem)}>
              Line {lineOf(problem.start)}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** How many problems the text has, and on a press which. */
export function ProblemCount({ problems, ...rest }: ProblemListProps) {
  if (problems.length === 0) return null;
  const worst = (['error', 'warning'] as const).find((severity) =>
    problems.some((problem) => problem.severity === severity),
  );
  return (
    <Popover
      label="Problems of the text"
      placement="bottom end"
      trigger={
        <Button look="quiet" small icon={icons[worst ?? 'info']}>
          {countProblems(problems)}
        </Button>
      }
    >
      {(close) => (
        <div className={css.popover}>
          <ProblemList
            problems={problems}
            {...rest}
            onGo={(problem) => {
              close();
              // the popover gives the focus back to its button first
              setTimeout(() => rest.onGo(problem), 50);
            }}
          />
        </div>
      )}
    </Popover>
  );
}
