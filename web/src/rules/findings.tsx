import type { CardFinding } from '../../../src/server/workbench/rules/rule-card.ts';
import { Badge, EmptyState, Table, type TableColumn } from '../ui/index.ts';

const tones = { error: 'bad', warning: 'warn', note: 'quiet' } as const;

const columns: readonly TableColumn<CardFinding>[] = [
  { name: 'Line', numeric: true, cell: ({ line }) => line },
  { name: 'Severity', cell: ({ severity }) => <Badge tone={tones[severity]}>{severity}</Badge> },
  { name: 'Lint', mono: true, cell: ({ lint, name }) => `${lint} ${name}` },
  { name: 'What is wrong', grows: true, cell: ({ message }) => message },
];

/** What the linter says of a rule. */
export function Findings({ findings }: { readonly findings: readonly CardFinding[] }) {
  if (findings.length === 0)
    return (
      <EmptyState icon="good" title="The linter finds nothing">
        117 lints looked at its logic, at what fails silently, at where it can be deployed, and at its file.
      </EmptyState>
    );
  return (
    <Table
      label="What the linter finds"
      columns={columns}
      rows={findings}
      keyOf={({ lint, line, column }, index) => `${lint} ${line} ${column} ${index}`}
    />
  );
}
