import { useId } from 'react';
import css from './native-choice.module.css';

/** A list to choose one from, drawn by the system: for forms, and inside dialogs. */
export function NativeChoice(props: {
  label: string;
  name?: string;
  first?: string;
  value?: string;
  options: readonly { readonly value: string; readonly label: string }[];
  onChange?: (value: string) => void;
  hideLabel?: boolean;
}) {
  const id = useId();
  const value = props.value === undefined ? { defaultValue: props.first } : { value: props.value };
  // A list that arrives later must choose its first value again.
  const key = props.value === undefined ? `${props.first}-${props.options.length}` : 'bound';
  return (
    <div>
      <label htmlFor={id} className={props.hideLabel === true ? 'pw-hidden' : css.label}>
        {props.label}
      </label>
      <select
        id={id}
        key={key}
        name={props.name}
        className={css.select}
        {...value}
        onChange={(event) => props.onChange?.(event.target.value)}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
