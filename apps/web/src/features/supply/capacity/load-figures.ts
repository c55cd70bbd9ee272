/** How a cell of the load map is written. */
export const FIGURES = [
  { value: 'percent', label: 'Percent of capacity' },
  { value: 'hours', label: 'Hours of load' },
  { value: 'free', label: 'Hours free or over' },
] as const;
export type LoadFigure = (typeof FIGURES)[number]['value'];
