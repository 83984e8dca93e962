import { useState } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { visibleText } from '../values/hidden-characters.ts';
import type { JsonPath } from '../values/kql-filter.ts';
import css from './detail.module.css';
import { VisibleText } from './visible-text.tsx';

interface JsonTreeProps {
  readonly value: object;
  /** A leaf's filter is wanted; undefined where there is none to be had. */
  readonly filterOf?: ((path: JsonPath, leaf: unknown) => (() => void) | undefined) | undefined;
}

/** Members that are shown before "more" is asked for; levels that stand open. */
const SHOWN = 100;
const OPEN_LEVELS = 3;

/** JSON as a tree to open and close. Nothing in it is a link. */
export function JsonTree({ value, filterOf }: JsonTreeProps) {
  return (
    <div className={css.json}>
      <Members value={value} path={[]} filterOf={filterOf} />
    </div>
  );
}

interface MembersProps extends JsonTreeProps {
  readonly path: JsonPath;
}

function Members({ value, path, filterOf }: MembersProps) {
  const [most, setMost] = useState(SHOWN);
  const members: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return (
    <ul>
      {members.slice(0, most).map(([name, member]) => (
        <Member key={name} name={name} value={member} path={[...path, name]} filterOf={filterOf} />
      ))}
      {members.length > most && (
        <li>
          <button type="button" className={css.more} onClick={() => setMost(most * 10)}>
            {members.length - most} more …
          </button>
        </li>
      )}
    </ul>
  );
}

interface MemberProps extends Omit<MembersProps, 'value'> {
  readonly name: string | number;
  readonly value: unknown;
}

function Member({ name, value, path, filterOf }: MemberProps) {
  const [open, setOpen] = useState(path.length < OPEN_LEVELS);
  const label = <span className={css.member}>{visibleText(String(name))}</span>;
  if (typeof value !== 'object' || value === null) {
    const filter = filterOf?.(path, value);
    return (
      <li className={css.leaf}>
        {label}
        <span className={css.value}>
          <VisibleText text={value === null ? 'null' : String(value)} clipped={!open} />
        </span>
        {filter && (
          <span className={css.tool}>
            <IconButton icon="filter" small label={`Add ${visibleText(String(name))} as filter`} onPress={filter} />
          </span>
        )}
      </li>
    );
  }
  const size = Array.isArray(value) ? `[${value.length}]` : `{${Object.keys(value).length}}`;
  return (
    <li>
      <button type="button" className={css.branch} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'down' : 'right'} size={12} />
        {label}
        <span className={css.size}>{size}</span>
      </button>
      {open && <Members value={value} path={path} filterOf={filterOf} />}
    </li>
  );
}
