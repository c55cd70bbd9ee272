import { ActionIcon, Menu } from '@mantine/core';
import { type ReactNode, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { usePalette } from '../../app/theme.tsx';
import type { Palette } from '../../app/tokens.ts';
import { Icon } from '../icon.tsx';
import { csvText, saveAddress, saveFile } from '../save-file.ts';
import { bucketSentence } from './chart-tooltip.ts';
import css from './time-chart.module.css';
import { ChartTable, chartRows } from './chart-table.tsx';
import type { ChartHandle } from './chart-engine.ts';
import { MARKS } from './marks.ts';
import { timeChartOption } from './time-chart-option.ts';
import type { TimePicture } from './time-series.ts';

/**
 * A picture over time. The title states the finding, the subtitle measure, unit and scope. The arrow keys
 * move from bucket to bucket, the table button shows the same figures as a table, the menu saves it.
 */
export function TimeChart(props: {
  finding: ReactNode;
  measure: string;
  picture: TimePicture;
  height: number;
  fileName: string;
  /** Enter or a click on a bucket; null where nothing follows. */
  onBucket?: (bucket: number) => void;
}) {
  const [asTable, setAsTable] = useState(false);
  const titleId = useId();
  const palette = usePalette();
  return (
    <figure className={css.figure} aria-labelledby={titleId}>
      <figcaption className={css.head}>
        <div>
          <p className={css.finding} id={titleId}>
            {props.finding}
          </p>
          <p className={css.measure}>{props.measure}</p>
          <BarKey picture={props.picture} palette={palette} />
        </div>
        <ChartTools {...props} asTable={asTable} onTable={() => setAsTable(!asTable)} palette={palette} />
      </figcaption>
      {asTable ? (
        <ChartTable picture={props.picture} height={props.height} />
      ) : (
        <Plot
          picture={props.picture}
          palette={palette}
          height={props.height}
          titleId={titleId}
          onBucket={props.onBucket}
        />
      )}
    </figure>
  );
}

/** Names of what is drawn as bars, which have no end to stand at as lines do. */
function BarKey({ picture, palette }: { picture: TimePicture; palette: Palette }) {
  const bars = picture.series.filter(({ mark }) => MARKS[mark].form === 'bars');
  if (bars.length === 0 || picture.series.length === 1) return null;
  return (
    <ul className={css.key} aria-hidden="true">
      {bars.map(({ name, mark }) => (
        <li key={name}>
          <i style={{ background: MARKS[mark].colour(palette) }} />
          {name}
        </li>
      ))}
    </ul>
  );
}

type PlotProps = {
  picture: TimePicture;
  palette: Palette;
  height: number;
  titleId: string;
  onBucket: ((bucket: number) => void) | undefined;
};

/** Draws the picture into an element at the element's width, again whenever either changes. */
function useChart({ picture, palette, height, onBucket }: PlotProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<ChartHandle | null>(null);
  const clicked = useEffectEvent((bucket: number) => onBucket?.(bucket));
  const draw = useEffectEvent(() => {
    const width = element.current?.clientWidth ?? 0;
    if (width > 0) chart.current?.draw(timeChartOption(picture, palette, { width, height }));
  });
  useEffect(() => {
    let left = false;
    const box = element.current;
    if (box === null) return undefined;
    const observer = new ResizeObserver(() => {
      chart.current?.resize();
      draw();
    });
    void import('./chart-engine.ts').then(({ mountChart }) => {
      if (left) return;
      chart.current = mountChart(box, clicked);
      observer.observe(box); // Which tells the first size at once, and so draws.
    });
    return () => {
      left = true;
      observer.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => draw(), [picture, palette, height]);
  return { element, chart };
}

function Plot(props: PlotProps) {
  const { picture } = props;
  const { element, chart } = useChart(props);
  const [bucket, setBucket] = useState<number | null>(null);
  const hintId = useId();
  const move = (to: number): void => {
    const next = Math.min(picture.buckets.length - 1, Math.max(0, to));
    setBucket(next);
    chart.current?.point(next);
  };
  const onKey = (key: string): boolean => {
    const from = bucket ?? (picture.firstPlanBucket ?? 0) - 1;
    if (key === 'ArrowRight') move(from + 1);
    else if (key === 'ArrowLeft') move(from - 1);
    else if (key === 'Home') move(0);
    else if (key === 'End') move(picture.buckets.length - 1);
    else if (key === 'Enter' && bucket !== null) props.onBucket?.(bucket);
    else return false;
    return true;
  };
  return (
    <>
      <div
        className={css.plot}
        style={{ height: props.height }}
        role="group"
        aria-roledescription="chart"
        aria-labelledby={props.titleId}
        aria-describedby={hintId}
        tabIndex={0}
        onKeyDown={(event) => (onKey(event.key) ? event.preventDefault() : undefined)}
        onBlur={() => chart.current?.point(null)}
      >
        <div ref={element} className={css.canvas} aria-hidden="true" />
      </div>
      <p className="pw-hidden" id={hintId}>
        Left and right arrow keys move between periods. The table button shows all figures.
      </p>
      <p className="pw-hidden" role="status">
        {bucket === null ? '' : bucketSentence(picture, bucket)}
      </p>
    </>
  );
}

const EXPORT_WIDTH = 1200;
const EXPORT_HEIGHT = 480;

function ChartTools(props: {
  picture: TimePicture;
  palette: Palette;
  fileName: string;
  asTable: boolean;
  onTable: () => void;
}) {
  const size = { width: EXPORT_WIDTH, height: EXPORT_HEIGHT };
  const option = () => ({
    ...timeChartOption(props.picture, props.palette, size),
    backgroundColor: props.palette.paper,
  });
  const saveSvg = async (): Promise<void> => {
    const { chartSvg } = await import('./chart-engine.ts');
    saveFile(`${props.fileName}.svg`, chartSvg(option(), EXPORT_WIDTH, EXPORT_HEIGHT), 'image/svg+xml');
  };
  const savePng = async (): Promise<void> => {
    const { chartPng } = await import('./chart-engine.ts');
    saveAddress(`${props.fileName}.png`, chartPng(option(), EXPORT_WIDTH, EXPORT_HEIGHT));
  };
  return (
    <div className={`${css.tools} pw-no-print`}>
      <ActionIcon
        aria-label={props.asTable ? 'Show as chart' : 'Show as table'}
        aria-pressed={props.asTable}
        onClick={props.onTable}
      >
        <Icon name={props.asTable ? 'chart' : 'table'} />
      </ActionIcon>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label="Save this chart">
            <Icon name="download" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void savePng()}>Picture (PNG)</Menu.Item>
          <Menu.Item onClick={() => void saveSvg()}>Drawing (SVG)</Menu.Item>
          <Menu.Item
            onClick={() => saveFile(`${props.fileName}.csv`, csvText(chartRows(props.picture)), 'text/csv')}
          >
            Figures (CSV)
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
