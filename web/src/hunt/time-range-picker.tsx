import { useState } from 'react';
import { Button, Popover, TextField } from '../ui/index.ts';
import { anyTime, customRange, lastRanges, rangeName, type TimeRange } from './time-range.ts';
import css from './time-range-picker.module.css';

export interface TimeRangePickerProps {
  readonly range: TimeRange;
  /** The query's own text limits the time. */
  readonly limitsTime: boolean;
  readonly onChange: (range: TimeRange) => void;
}

/** Whose rows the query sees, by their `Timestamp`. */
export function TimeRangePicker({ range, limitsTime, onChange }: TimeRangePickerProps) {
  const name = rangeName(range, limitsTime);
  return (
    <Popover
      label="Time range"
      trigger={
        <Button look="quiet" icon="clock" aria-label={`Time range: ${name}`}>
          {name}
        </Button>
      }
    >
      {(close) => (
        <Choices
          range={range}
          limitsTime={limitsTime}
          onChange={(next) => {
            onChange(next);
            close();
          }}
        />
      )}
    </Popover>
  );
}

function Choices({ range, limitsTime, onChange }: TimeRangePickerProps) {
  const chosen = range.kind === 'custom' ? range : { from: '', to: '' };
  const [from, setFrom] = useState(written(chosen.from));
  const [to, setTo] = useState(written(chosen.to));
  const custom = customRange(from, to);
  const isChosen = (hours: number) => range.kind === 'last' && range.hours === hours;
  return (
    <div className={css.choices}>
      <p className={css.note}>
        {limitsTime
          ? 'The query says itself from when its rows are. A range here limits its tables further.'
          : 'Only rows of this time are seen, in every table that has a Timestamp.'}
      </p>
      <div className={css.list}>
        <Choice
          name={limitsTime ? 'Set in query' : 'Any time'}
          isOn={range.kind === 'any'}
          onPress={() => onChange(anyTime)}
        />
        {lastRanges.map(({ hours, name }) => (
          <Choice key={hours} name={name} isOn={isChosen(hours)} onPress={() => onChange({ kind: 'last', hours })} />
        ))}
      </div>
      <div className={css.custom}>
        <TextField label="From (UTC)" value={from} onChange={setFrom} placeholder="2026-07-18 14:00" mono />
        <TextField
          label="To (UTC)"
          value={to}
          onChange={setTo}
          placeholder="2026-07-19 14:00"
          mono
          error={custom ? undefined : 'Two times, the earlier first'}
        />
        <Button look="primary" isDisabled={!custom || custom.kind === 'any'} onPress={() => custom && onChange(custom)}>
          Use this range
        </Button>
      </div>
    </div>
  );
}

const Choice = ({
  name,
  isOn,
  onPress,
}: {
  readonly name: string;
  readonly isOn: boolean;
  readonly onPress: () => void;
}) => (
  <Button look={isOn ? 'plain' : 'quiet'} small {...(isOn && { icon: 'check' as const })} onPress={onPress}>
    {name}
  </Button>
);

/** `2026-07-18 14:08:00` */
const written = (iso: string): string => iso.slice(0, 19).replace('T', ' ');
