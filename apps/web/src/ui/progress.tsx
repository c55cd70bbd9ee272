import { Button } from '@mantine/core';
import { formatPercent } from './number-format.ts';
import css from './progress.module.css';

/** Long work: what is being done, how far it is, how long it may take, and a way to stop it. */
export function Progress(props: {
  label: string;
  ratio: number;
  detail: string;
  onCancel?: () => void;
  cancelling?: boolean;
}) {
  const percent = Math.round(props.ratio * 100);
  return (
    <div className={css.progress}>
      <div className={css.head}>
        <span className={css.label}>{props.label}</span>
        <span className={css.percent}>{formatPercent(props.ratio, 0)}</span>
      </div>
      <div
        className={css.track}
        role="progressbar"
        aria-label={props.label}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={`${percent} percent, ${props.detail}`}
      >
        <div className={css.done} style={{ width: `${percent}%` }} />
      </div>
      <div className={css.head}>
        <span className={css.detail}>{props.detail}</span>
        {props.onCancel === undefined ? null : (
          <Button size="xs" variant="default" onClick={props.onCancel} disabled={props.cancelling}>
            {props.cancelling === true ? 'Stopping' : 'Cancel'}
          </Button>
        )}
      </div>
    </div>
  );
}
