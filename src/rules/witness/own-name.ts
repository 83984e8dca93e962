import { tableNamed } from '../../schema/index.ts';

/** The column of the table itself that a name stands for: Sentinel's `TimeGenerated` is the event's time, its `ISP` is `Isp`. */
export function ownName(table: string, name: string): string {
  const columns = tableNamed(table)?.columns;
  if (columns === undefined || columns.some((column) => column.name === name)) return name;
  if (name === 'TimeGenerated') return 'Timestamp';
  return columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.name ?? name;
}
