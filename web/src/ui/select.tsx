import * as Aria from 'react-aria-components';
import { classNames } from './class-names.ts';
import field from './field.module.css';
import { Icon } from './icon.tsx';
import css from './menu.module.css';

export interface Choice<Id extends string = string> {
  readonly id: Id;
  readonly name: string;
  /** A second line, quiet. */
  readonly hint?: string;
}

export interface SelectProps<Id extends string> {
  readonly label: string;
  /** The label is only said by a screen reader. */
  readonly bare?: boolean;
  readonly chosen: Id | undefined;
  readonly onChoose: (id: Id) => void;
  readonly options: readonly Choice<Id>[];
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
}

/**
 * One of a list.
 *
 * @example <Select label="Severity" chosen={severity} onChoose={setSeverity} options={[{ id: 'high', name: 'High' }]} />
 */
export function Select<Id extends string>({ label, bare, chosen, onChoose, options, ...rest }: SelectProps<Id>) {
  return (
    <Aria.Select
      {...rest}
      className={classNames(field.field)}
      selectedKey={chosen ?? null}
      onSelectionChange={(key) => key !== null && onChoose(String(key) as Id)}
      {...(bare && { 'aria-label': label })}
    >
      {!bare && <Aria.Label className={classNames(field.label)}>{label}</Aria.Label>}
      <Aria.Button className={classNames(field.choice)}>
        <Aria.SelectValue />
        <Icon name="down" size={14} />
      </Aria.Button>
      <Aria.Popover className={classNames(css.popover)} offset={4}>
        <Aria.ListBox className={classNames(css.list)}>{options.map(optionOf)}</Aria.ListBox>
      </Aria.Popover>
    </Aria.Select>
  );
}

export interface ComboBoxProps extends Omit<SelectProps<string>, 'chosen' | 'onChoose'> {
  /** What stands in it; any text where `free`. */
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onChoose?: (id: string) => void;
  readonly free?: boolean;
}

/** A line to write in that offers what fits. */
export function ComboBox({ label, bare, text, onText, onChoose, options, free, placeholder, ...rest }: ComboBoxProps) {
  return (
    <Aria.ComboBox
      {...rest}
      className={classNames(field.field)}
      inputValue={text}
      onInputChange={onText}
      onSelectionChange={(key) => key !== null && onChoose?.(String(key))}
      menuTrigger="focus"
      allowsCustomValue={free ?? false}
      {...(bare && { 'aria-label': label })}
    >
      {!bare && <Aria.Label className={classNames(field.label)}>{label}</Aria.Label>}
      <Aria.Input className={classNames(field.input)} {...(placeholder && { placeholder })} />
      <Aria.Popover className={classNames(css.popover)} offset={4}>
        <Aria.ListBox className={classNames(css.list)}>{options.map(optionOf)}</Aria.ListBox>
      </Aria.Popover>
    </Aria.ComboBox>
  );
}

const optionOf = ({ id, name, hint }: Choice) => (
  <Aria.ListBoxItem key={id} id={id} textValue={name} className={classNames(css.item)}>
    <span className={css.words}>
      <Aria.Text slot="label">{name}</Aria.Text>
      {hint && (
        <Aria.Text slot="description" className={classNames(css.hint)}>
          {hint}
        </Aria.Text>
      )}
    </span>
  </Aria.ListBoxItem>
);
