import type { Column } from '../../src/values/index.ts';

/** The tables that golden queries read: few rows, each there for an edge. Ticks are those of 2025-07-15 around noon. */
interface Fixture {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly values: string;
}

const columns = (text: string): Column[] =>
  text.split(', ').map((column) => {
    const [name, type] = column.split(':');
    return { name: name!, type: type as Column['type'] };
  });

const noon = 638_881_776_000_000_000n;
const hour = 36_000_000_000n;
const at = (hours: number): string => `${noon - BigInt(hours) * hour}::BIGINT`;

export const fixtures: readonly Fixture[] = [
  {
    name: 'Mail',
    columns: columns(
      'Timestamp:datetime, Id:string, Sender:string, Size:long, Auth:string, Score:real, Bulk:bool, Extra:dynamic',
    ),
    values: `
      (${at(1)}, 'm1', 'ann@contoso.com', 100::BIGINT, '{"SPF":"pass","DKIM":"pass","DMARC":"pass"}', 0.5::DOUBLE, false, '{"a":1}'),
      (${at(2)}, 'm2', 'bob@example.net', 200, '{"SPF":"fail","DKIM":"fail","DMARC":"fail"}', 2.0, true, '{"a":[1,2,"x"]}'),
      (${at(30)}, 'm3', 'BOB@example.net', NULL, '{"SPF":"temperror","DMARC":"temperror"}', NULL, NULL, NULL),
      (${at(30)}, 'm4', '', -7, '', 'nan', true, '"text"'),
      (${at(800)}, 'm5', 'eve@test.test', 9223372036854775807, 'dmarc=fail', '-infinity', false, '[]')`,
  },
  {
    name: 'Clicks',
    columns: columns('Timestamp:datetime, Id:string, Url:string, sender:string'),
    values: `
      (${at(1)}, 'm2', 'https://example.net/a', 'x'),
      (${at(0)}, 'm2', 'https://example.net/b', 'y'),
      (${at(0)}, 'm9', 'https://example.net/c', 'z')`,
  },
];
