import { BarChart, LineChart } from 'echarts/charts';
import {
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
} from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

use([
  LineChart,
  BarChart,
  GridComponent,
  TooltipComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  SVGRenderer,
  CanvasRenderer,
]);

/** A mounted chart. Loaded only when a screen shows one. */
export type ChartHandle = {
  readonly draw: (option: EChartsCoreOption) => void;
  /** Shows the tooltip of a bucket, or hides it. */
  readonly point: (bucket: number | null) => void;
  readonly resize: () => void;
  readonly dispose: () => void;
};

/** Draws into an element as SVG, and tells which bucket is clicked. */
export function mountChart(element: HTMLElement, onBucket: (bucket: number) => void): ChartHandle {
  const chart = init(element, undefined, { renderer: 'svg' });
  chart.getZr().on('click', (event) => {
    const position = [event.offsetX, event.offsetY];
    if (!chart.containPixel({ gridIndex: 0 }, position)) return;
    const [bucket] = chart.convertFromPixel({ gridIndex: 0 }, position) as [number];
    onBucket(Math.round(bucket));
  });
  return {
    draw: (option) => chart.setOption(option, { notMerge: true }),
    point: (bucket) => {
      if (bucket === null) chart.dispatchAction({ type: 'hideTip' });
      else chart.dispatchAction({ type: 'showTip', x: xOf(bucket), y: 40 });
    },
    resize: () => chart.resize(),
    dispose: () => chart.dispose(),
  };

  function xOf(bucket: number): number {
    return chart.convertToPixel({ xAxisIndex: 0 }, bucket);
  }
}

/** The picture as SVG text of a given size. */
export function chartSvg(option: EChartsCoreOption, width: number, height: number): string {
  const chart = init(null, undefined, { renderer: 'svg', ssr: true, width, height });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

const PIXEL_RATIO = 2;

/** The picture as PNG at twice the size, as a data address. Drawn on a canvas, since only that has our font. */
export function chartPng(option: EChartsCoreOption, width: number, height: number): string {
  const element = document.createElement('div');
  Object.assign(element.style, {
    position: 'fixed',
    left: '-10000px',
    width: `${width}px`,
    height: `${height}px`,
  });
  document.body.append(element);
  const chart = init(element, undefined, {
    renderer: 'canvas',
    width,
    height,
    devicePixelRatio: PIXEL_RATIO,
  });
  chart.setOption(option);
  const address = chart.getDataURL({ type: 'png', pixelRatio: PIXEL_RATIO });
  chart.dispose();
  element.remove();
  return address;
}
