import type { ReactNode } from 'react';
import * as Aria from 'react-aria-components';
import css from './button.module.css';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import { Tooltip } from './tooltip.tsx';

/** How a button looks: `primary` once a page at most, `quiet` in bars and rows, `danger` for what cannot be undone. */
export type ButtonLook = 'plain' | 'primary' | 'quiet' | 'danger';

interface Looks {
  readonly look?: ButtonLook;
  readonly small?: boolean;
}

const classOf = ({ look = 'plain', small = false }: Looks, square = false): string =>
  classNames(css.button, look !== 'plain' && css[look], small && css.small, square && css.square);

export interface ButtonProps extends Omit<Aria.ButtonProps, 'className' | 'style' | 'children'>, Looks {
  readonly icon?: IconName;
  readonly children: ReactNode;
}

/**
 * A button with words.
 *
 * @example <Button look="primary" icon="play" onPress={run}>Run</Button>
 */
export function Button({ icon, children, look, small, ...rest }: ButtonProps) {
  return (
    <Aria.Button {...rest} className={classOf({ ...(look && { look }), ...(small && { small }) })}>
      {icon && <Icon name={icon} />}
      {children}
    </Aria.Button>
  );
}

export interface IconButtonProps extends Omit<Aria.ButtonProps, 'className' | 'style' | 'children'>, Looks {
  readonly icon: IconName;
  /** What it does: its name for a screen reader, and its tip. */
  readonly label: string;
  /** The keys that do the same, shown in the tip: `Shift+Enter`. */
  readonly keys?: string;
}

/** A button that is a drawing; `quiet` unless said otherwise. Its name is shown as a tip. */
export function IconButton({ icon, label, keys, look = 'quiet', small = false, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(keys && { keys })}>
      <Aria.Button {...rest} aria-label={label} className={classOf({ look, small }, true)}>
        <Icon name={icon} />
      </Aria.Button>
    </Tooltip>
  );
}

export interface ToggleProps {
  readonly icon: IconName;
  readonly label: string;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly keys?: string;
  readonly small?: boolean;
  readonly isDisabled?: boolean;
}

/** A drawing that is on or off. */
export function IconToggle({ icon, label, keys, small = false, ...rest }: ToggleProps) {
  return (
    <Tooltip text={label} {...(keys && { keys })}>
      <Aria.ToggleButton {...rest} aria-label={label} className={classOf({ look: 'quiet', small }, true)}>
        <Icon name={icon} />
      </Aria.ToggleButton>
    </Tooltip>
  );
}

export interface SegmentsProps<Id extends string> {
  readonly label: string;
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
  readonly options: readonly { readonly id: Id; readonly name: string; readonly icon?: IconName }[];
}

/**
 * One of a few, all in sight.
 *
 * @example <Segments label="View" chosen={view} onChoose={setView} options={[{ id: 'table', name: 'Table' }, …]} />
 */
export function Segments<Id extends string>({ label, chosen, onChoose, options }: SegmentsProps<Id>) {
  return (
    <Aria.ToggleButtonGroup
      aria-label={label}
      className={classNames(css.segments)}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[chosen]}
      onSelectionChange={(keys) => {
        for (const key of keys) onChoose(key as Id);
      }}
    >
      {options.map(({ id, name, icon }) => (
        <Aria.ToggleButton key={id} id={id} className={classNames(css.segment)}>
          {icon && <Icon name={icon} size={14} />}
          {name}
        </Aria.ToggleButton>
      ))}
    </Aria.ToggleButtonGroup>
  );
}
