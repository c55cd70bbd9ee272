import { formatBucket } from '../date-format.ts';
import { formatExact, formatScaled, unitInWords } from '../number-format.ts';
import tableCss from '../table.module.css';
import css from './time-chart.module.css';
import type { TimePicture } from './time-series.ts';

/** The figures behind a picture, header first, exact: dates in ISO form for files. */
export function chartRows(picture: TimePicture): (string | number | null)[][] {
  const bands = picture.bands.flatMap((band) => [
    { name: `Lower ${band.percent} %`, values: band.lower },
    { name: `Upper ${band.percent} %`, values: band.upper },
  ]);
  const columns = [...picture.series, ...bands];
  const head = [
    'Bucket',
    'Fiscal bucket',
    'Starts on',
    ...columns.map(({ name }) => `${name} (${picture.unit})`),
  ];
  const rows = picture.buckets.map((bucket, index) => [
    bucket.label,
    bucket.fiscalLabel,
    bucket.startsOn,
    ...columns.map(({ values }) => values[index] ?? null),
  ]);
  return [head, ...rows];
}

/** The table twin of a chart, one row a bucket. */
export function ChartTable({ picture, height }: { picture: TimePicture; height: number }) {
  const unit = unitInWords(picture.unit, picture.scale);
  return (
    <div className={css.twin} style={{ height }} tabIndex={0} role="region" aria-label={`Figures in ${unit}`}>
      <table className={tableCss.table}>
        <thead>
          <tr>
            <th scope="col">{unit}</th>
            {picture.series.map(({ name }) => (
              <th key={name} scope="col" className={tableCss.number}>
                {name}
              </th>
            ))}
            {picture.bands.map(({ percent }) => (
              <th key={percent} scope="col" className={tableCss.number}>
                {percent} % band
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {picture.buckets.map((bucket, index) => (
            <tr key={bucket.startsOn}>
              <th scope="row">{formatBucket(bucket.label)}</th>
              {picture.series.map(({ name, values }) => (
                <td key={name} className={tableCss.number} title={formatExact(values[index])}>
                  {formatScaled(values[index], picture.scale)}
                </td>
              ))}
              {picture.bands.map((band) => (
                <td key={band.percent} className={tableCss.number}>
                  {formatScaled(band.lower[index], picture.scale)} to{' '}
                  {formatScaled(band.upper[index], picture.scale)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
