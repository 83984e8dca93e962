import * as Aria from 'react-aria-components';
import { classNames } from './class-names.ts';
import css from './field.module.css';
import { Icon } from './icon.tsx';

interface Words {
  /** Its name. Seen above it, or with `bare` only said by a screen reader. */
  readonly label: string;
  readonly bare?: boolean;
  /** A line below it. */
  readonly hint?: string;
  /** What is wrong with what stands in it; it is then marked. */
  readonly error?: string | undefined;
  readonly placeholder?: string;
}

export interface TextFieldProps
  extends Omit<Aria.TextFieldProps, 'className' | 'style' | 'children' | 'isInvalid'>,
    Words {
  /** More than one line: a text area of that many. */
  readonly lines?: number;
  readonly mono?: boolean;
}

/**
 * A line, or with `lines` an area, to write in.
 *
 * @example <TextField label="Name" value={name} onChange={setName} error={name === '' ? 'It needs a name' : undefined} />
 */
export function TextField({ label, bare, hint, error, placeholder, lines, mono, ...rest }: TextFieldProps) {
  const look = classNames(css.input, mono && css.mono);
  return (
    <Aria.TextField
      {...rest}
      className={classNames(css.field)}
      isInvalid={error !== undefined}
      {...(bare && { 'aria-label': label })}
    >
      {!bare && <Aria.Label className={classNames(css.label)}>{label}</Aria.Label>}
      {lines === undefined ? (
        <Aria.Input className={look} {...(placeholder && { placeholder })} />
      ) : (
        <Aria.TextArea className={look} rows={lines} {...(placeholder && { placeholder })} />
      )}
      <Below hint={hint} error={error} />
    </Aria.TextField>
  );
}

function Below({ hint, error }: { readonly hint: string | undefined; readonly error: string | undefined }) {
  return (
    <>
      {hint && (
        <Aria.Text slot="description" className={classNames(css.said)}>
          {hint}
        </Aria.Text>
      )}
      <Aria.FieldError className={classNames(css.wrong)}>{error}</Aria.FieldError>
    </>
  );
}

export interface SearchFieldProps extends Omit<Aria.SearchFieldProps, 'className' | 'style' | 'children'>, Words {}

/** A line to search with: Escape and the cross empty it; its name is only said unless `bare={false}`. */
export function SearchField({ label, bare = true, hint, error, placeholder, ...rest }: SearchFieldProps) {
  return (
    <Aria.SearchField
      {...rest}
      className={classNames(css.search)}
      isInvalid={error !== undefined}
      {...(bare && { 'aria-label': label })}
    >
      {!bare && <Aria.Label className={classNames(css.label)}>{label}</Aria.Label>}
      <div className={css.searchBox}>
        <Icon name="search" size={14} />
        <Aria.Input className={classNames(css.input)} {...(placeholder && { placeholder })} />
        <Aria.Button className={classNames(css.clear)}>
          <Icon name="close" size={12} />
        </Aria.Button>
      </div>
      <Below hint={hint} error={error} />
    </Aria.SearchField>
  );
}

interface TickProps {
  readonly label: string;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
}

/** A box to tick, with its words; `isIndeterminate` for some of what is below it. */
export function Checkbox({ label, ...rest }: TickProps & { readonly isIndeterminate?: boolean }) {
  return (
    <Aria.Checkbox {...rest} className={classNames(css.check)}>
      <span className={css.box}>
        <Icon name={rest.isIndeterminate ? 'minus' : 'check'} size={12} />
      </span>
      {label}
    </Aria.Checkbox>
  );
}

/** On or off, at once. */
export function Switch({ label, ...rest }: TickProps) {
  return (
    <Aria.Switch {...rest} className={classNames(css.check)}>
      <span className={css.track} />
      {label}
    </Aria.Switch>
  );
}
