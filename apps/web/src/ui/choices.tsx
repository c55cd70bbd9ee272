import { useId, useState } from 'react';
import css from './choices.module.css';

/** One of a few, side by side: radio buttons that look like words, the chosen one underlined in ink. */
export function Choices<V extends string>(props: {
  label: string;
  options: readonly { readonly value: V; readonly label: string }[];
  value: V;
  onChange: (value: V) => void;
}) {
  const name = useId();
  // The choice shows at once; what follows from it, such as a list read anew, may take a moment.
  const [chosen, setChosen] = useState(props.value);
  const [given, setGiven] = useState(props.value);
  if (given !== props.value) {
    setGiven(props.value);
    setChosen(props.value);
  }
  const choose = (value: V): void => {
    setChosen(value);
    props.onChange(value);
  };
  return (
    <fieldset className={css.choices}>
      <legend className="pw-hidden">{props.label}</legend>
      {props.options.map(({ value, label }) => (
        <label key={value} className={css.choice}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === chosen}
            onChange={() => choose(value)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
