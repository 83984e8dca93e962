import type { DeclaredParameter } from '../../../src/kql/index.ts';
import { TextField } from '../ui/index.ts';
import css from './hunt.module.css';

export interface ParametersBarProps {
  readonly declared: readonly DeclaredParameter[];
  readonly values: Readonly<Record<string, string>>;
  readonly onChange: (values: Readonly<Record<string, string>>) => void;
}

/** A field for each parameter that the query declares; what stands in its text holds where a field is empty. */
export function ParametersBar({ declared, values, onChange }: ParametersBarProps) {
  if (declared.length === 0) return null;
  return (
    <fieldset className={css.parameters}>
      <legend className="unseen">Parameters of the query</legend>
      {declared.map(({ name, type, value }) => (
        <TextField
          key={name}
          label={`${name}: ${type}`}
          value={values[name] ?? ''}
          placeholder={value ?? 'needs a value'}
          isRequired={value === undefined}
          mono
          onChange={(next) => onChange({ ...values, [name]: next })}
        />
      ))}
    </fieldset>
  );
}
