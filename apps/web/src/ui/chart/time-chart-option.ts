import type { EChartsCoreOption } from 'echarts/core';
import { BAND_OPACITY, FONT, type Palette, TYPE } from '../../app/tokens.ts';
import { formatBucket } from '../date-format.ts';
import { formatScaled } from '../number-format.ts';
import { tooltipElement } from './chart-tooltip.ts';
import { endLabels } from './end-labels.ts';
import { MARKS } from './marks.ts';
import { spanNames } from './span-names.ts';
import type { Band, TimePicture, TimeSeries } from './time-series.ts';
import { axisRange } from './value-axis.ts';

const MARGIN = { top: 14, bottom: 26, left: 52 } as const;
const LANE_HEIGHT = 14;
const RIGHT_BARE = 16;
const LETTER_WIDTH = 6.8;
const BAR_WIDTH_MAX = 18;

/** Pixels of the whole picture. */
export type Size = { readonly width: number; readonly height: number };

/** The chart library's option for a picture over time, in the marks and colours of the page. */
export function timeChartOption(picture: TimePicture, palette: Palette, size: Size): EChartsCoreOption {
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: FONT, fontSize: TYPE.note, color: palette.inkQuiet },
    grid: { ...MARGIN, top: topMargin(picture, size), right: rightMargin(picture), containLabel: false },
    xAxis: categoryAxis(picture, palette),
    yAxis: valueAxis(picture, palette),
    tooltip: tooltip(picture, palette),
    series: [
      ...picture.bands.flatMap((band, index) => bandSeries(band, index, palette)),
      ...picture.series.map((series) => lineOrBars(series, palette)),
      annotations(picture, palette, size),
    ],
  };
}

/** Room for the names at the ends of the lines. */
function rightMargin(picture: TimePicture): number {
  const labels = endLabels(picture, { width: 1, height: 1 });
  const longest = Math.max(0, ...labels.map(({ text, inside }) => (inside ? 0 : text.length)));
  return longest === 0 ? RIGHT_BARE : longest * LETTER_WIDTH + 20;
}

const plotWidth = (picture: TimePicture, size: Size): number =>
  size.width - MARGIN.left - rightMargin(picture);

const namedSpans = (picture: TimePicture, size: Size) =>
  spanNames(picture.spans ?? [], plotWidth(picture, size) / picture.buckets.length, size.width - MARGIN.left);

/** Room for the names of what goes on, above the plot. */
const topMargin = (picture: TimePicture, size: Size): number =>
  MARGIN.top + namedSpans(picture, size).laneCount * LANE_HEIGHT;

function categoryAxis(picture: TimePicture, palette: Palette) {
  return {
    type: 'category',
    data: picture.buckets.map(({ label }) => formatBucket(label)),
    axisLine: { lineStyle: { color: palette.inkQuiet } },
    axisTick: { show: true, alignWithLabel: true, length: 4, lineStyle: { color: palette.inkQuiet } },
    axisLabel: { color: palette.inkQuiet, fontSize: TYPE.note, hideOverlap: true, margin: 8 },
    boundaryGap: true,
  };
}

function valueAxis(picture: TimePicture, palette: Palette) {
  const { low, high, step } = axisRange(picture);
  return {
    type: 'value',
    min: low,
    max: high,
    interval: step,
    axisLabel: {
      color: palette.inkQuiet,
      fontSize: TYPE.note,
      // The lowest line below zero lies on the names of the periods: its own would be written over them.
      formatter: (value: number) =>
        value === low && low < 0
          ? ''
          : formatScaled(value, { ...picture.scale, digits: axisDigits(step / picture.scale.divisor) }),
    },
    splitLine: { lineStyle: { color: palette.hair, width: 1 } },
    axisLine: { show: false },
    axisTick: { show: false },
  };
}

// As many decimals as the steps between the lines have.
const axisDigits = (step: number): number => (step % 1 === 0 ? 0 : (step * 10) % 1 === 0 ? 1 : 2);

function tooltip(picture: TimePicture, palette: Palette) {
  return {
    trigger: 'axis',
    confine: true,
    transitionDuration: 0,
    backgroundColor: palette.raised,
    borderColor: palette.line,
    borderWidth: 1,
    padding: 8,
    textStyle: { color: palette.ink, fontSize: TYPE.note, fontFamily: FONT },
    extraCssText: 'box-shadow: 0 4px 16px rgb(0 0 0 / 0.15); border-radius: 0;',
    axisPointer: { type: 'line', lineStyle: { color: palette.inkQuiet, width: 1, type: 'solid' } },
    formatter: (given: readonly { dataIndex: number }[]) =>
      tooltipElement(picture, given[0]?.dataIndex ?? 0, palette),
  };
}

// A band is drawn as an invisible line at its lower edge with the height of the band stacked on it.
function bandSeries(band: Band, index: number, palette: Palette) {
  const stack = `band-${index}`;
  const quiet = {
    type: 'line',
    stack,
    stackStrategy: 'all',
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
  };
  const height = band.upper.map((upper, bucket) => {
    const lower = band.lower[bucket] ?? null;
    return upper === null || lower === null ? null : upper - lower;
  });
  return [
    { ...quiet, name: `${stack}-edge`, data: [...band.lower] },
    {
      ...quiet,
      name: `${stack}-height`,
      data: height,
      areaStyle: { color: palette.accent, opacity: BAND_OPACITY },
    },
  ];
}

function lineOrBars(series: TimeSeries, palette: Palette) {
  const mark = MARKS[series.mark];
  const colour = mark.colour(palette);
  if (mark.form === 'bars') {
    return {
      name: series.name,
      type: 'bar',
      data: [...series.values],
      itemStyle: { color: colour },
      barMaxWidth: BAR_WIDTH_MAX,
      barGap: '10%',
    };
  }
  const dots = mark.form === 'dots';
  return {
    name: series.name,
    type: 'line',
    data: [...series.values],
    step: mark.step === true ? 'middle' : false,
    symbol: dots ? 'circle' : 'none',
    symbolSize: mark.width,
    showAllSymbol: true,
    itemStyle: { color: colour },
    lineStyle: {
      color: colour,
      width: mark.width,
      opacity: dots ? 0 : 1,
      type: mark.dash === undefined ? 'solid' : [...mark.dash],
    },
    emphasis: { disabled: true },
    z: series.mark === 'actual' ? 5 : 4,
  };
}

// Names at the ends of the lines and the line of today ride on a series of their own that draws nothing.
function annotations(picture: TimePicture, palette: Palette, size: Size) {
  const labels = endLabels(picture, {
    width: plotWidth(picture, size),
    height: size.height - topMargin(picture, size) - MARGIN.bottom,
  });
  return {
    name: 'annotations',
    type: 'line',
    data: picture.buckets.map(() => null),
    silent: true,
    symbol: 'none',
    markPoint: {
      symbol: 'circle',
      symbolSize: 0.1,
      data: labels.map((label) => ({
        coord: [label.bucket, label.value],
        label: {
          show: true,
          position: label.inside && !label.fromLeft ? 'left' : 'right',
          distance: label.inside && !label.fromLeft ? 0 : 8,
          offset: [0, label.shift],
          // A halo of paper keeps the name readable where lines pass behind it.
          textBorderColor: palette.paper,
          textBorderWidth: label.inside ? 3 : 0,
          formatter: label.text,
          fontSize: label.band ? 11 : TYPE.note,
          fontWeight: label.band ? 400 : 600,
          color: label.band ? palette.inkQuiet : labelColour(picture.series[label.index], palette),
        },
      })),
    },
    ...spanAreas(picture, palette, size),
    ...(picture.firstPlanBucket === null
      ? {}
      : { markLine: todayLine(picture, picture.firstPlanBucket, palette, size) }),
  };
}

// As wide as their buckets, which a category axis cannot say: in pixels, like the line of today. Each reaches up
// to its name.
function spanAreas(picture: TimePicture, palette: Palette, size: Size) {
  const { spans, laneCount } = namedSpans(picture, size);
  if (spans.length === 0) return {};
  const width = plotWidth(picture, size) / picture.buckets.length;
  return {
    markArea: {
      silent: true,
      itemStyle: { color: palette.watch, opacity: 0.14 },
      data: spans.map(({ first, last, lane, text, fromRight }) => [
        {
          x: MARGIN.left + first * width,
          y: MARGIN.top + (lane ?? laneCount) * LANE_HEIGHT,
          label: {
            show: lane !== null,
            formatter: text,
            position: fromRight ? 'insideTopRight' : 'insideTopLeft',
            distance: 1,
            fontSize: 11,
            color: palette.inkQuiet,
          },
        },
        { x: MARGIN.left + (last + 1) * width, y: size.height - MARGIN.bottom },
      ]),
    },
  };
}

function labelColour(series: TimeSeries | undefined, palette: Palette): string {
  if (series === undefined) return palette.inkQuiet;
  // Dots and greys may be as light as 3:1, which is too little for letters.
  return ['lastYear', 'baseline', 'safetyStock', 'saidBefore', 'likeItem'].includes(series.mark)
    ? palette.inkQuiet
    : MARKS[series.mark].colour(palette);
}

// The line stands between two buckets, a place that a category axis has no name for: it is given in pixels.
function todayLine(picture: TimePicture, firstPlanBucket: number, palette: Palette, size: Size) {
  const share = Math.min(Math.max(firstPlanBucket / picture.buckets.length, 0), 1);
  const x = MARGIN.left + share * plotWidth(picture, size);
  return {
    symbol: 'none',
    silent: true,
    animation: false,
    data: [
      [
        { x, y: size.height - MARGIN.bottom },
        { x, y: MARGIN.top - 8, name: 'today' },
      ],
    ],
    lineStyle: { color: palette.ink, width: 1, type: 'solid' },
    label: {
      show: true,
      formatter: 'today',
      position: 'end',
      align: share < 0.06 ? 'left' : 'right',
      verticalAlign: 'top',
      offset: [share < 0.06 ? 5 : -5, 0],
      rotate: 0,
      color: palette.inkQuiet,
      fontSize: 11,
    },
  };
}
