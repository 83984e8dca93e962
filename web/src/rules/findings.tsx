import type { CardFinding } from '../../../src/server/workbench/rules/rule-card.ts';
import { Badge, Button, EmptyState, Table, type TableColumn } from '../ui/index.ts';
import css from './findings.module.css';

const tones = { error: 'bad', warning: 'warn', note: 'quiet' } as const;

const columnsWith = (onGo: FindingsProps['onGo']): readonly TableColumn<CardFinding>[] => [
  {
    name: 'Line',
    numeric: true,
    cell: (finding) =>
      onGo ? (
        <Button look="quiet" small onPress={() => onGo(finding)}>
          Line {finding.line}
        </Button>
      ) : (
        finding.line
      ),
  },
  { name: 'Severity', cell: ({ severity }) => <Badge tone={tones[severity]}>{severity}</Badge> },
  {
    name: 'Lint',
    cell: ({ lint, name }) => (
      <span className={css.lint}>
        <code>{lint}</code> {name}
      </span>
    ),
  },
  { name: 'What is wrong', grows: true, cell: ({ message }) => <span className={css.message}>{message}</span> },
];

interface FindingsProps {
  readonly findings: readonly CardFinding[];
  /** Shows the place of one in the text; absent where there is no text. */
  readonly onGo?: (finding: CardFinding) => void;
}

/** What the linter says of a rule. */
export function Findings({ findings, onGo }: FindingsProps) {
  if (findings.length === 0)
    return (
      <EmptyState icon="good" title="The linter finds nothing">
        The lints looked at its logic, at what fails silently, at where it can be deployed, and at its file.
      </EmptyState>
    );
  return (
    <Table
      label="What the linter finds"
      columns={columnsWith(onGo)}
      rows={findings}
      keyOf={({ lint, line, column }, index) => `${lint} ${line} ${column} ${index}`}
    />
  );
}
