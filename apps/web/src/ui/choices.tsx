import { useId } from 'react';
import css from './choices.module.css';

/** One of a few, side by side: radio buttons that look like words, the chosen one underlined in ink. */
export function Choices<V extends string>(props: {
  label: string;
  options: readonly { readonly value: V; readonly label: string }[];
  value: V;
  onChange: (value: V) => void;
}) {
  const name = useId();
  return (
    <fieldset className={css.choices}>
      <legend className="pw-hidden">{props.label}</legend>
      {props.options.map(({ value, label }) => (
        <label key={value} className={css.choice}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
