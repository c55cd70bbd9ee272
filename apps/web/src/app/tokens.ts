/**
 * The one home of colour, type and spacing. Mantine's theme, the chart theme and the grid styles are all
 * made from this file; `test/tokens.plain.test.ts` checks its contrasts.
 *
 * Text roles hold 4.5:1 on paper, chrome and wash; marks hold 3:1 on paper. Green, amber and red never
 * stand alone: a word, a sign or a shape goes with them.
 */
export type Palette = {
  /** Surfaces: the page, the frame around it, a row under the pointer, a panel that floats. */
  readonly paper: string;
  readonly chrome: string;
  readonly wash: string;
  readonly raised: string;
  /** Text from strongest to quietest, and text on ink. */
  readonly ink: string;
  readonly inkSoft: string;
  readonly inkQuiet: string;
  readonly onInk: string;
  /** Rules: strong under a heading, line between rows, hair inside a chart. */
  readonly line: string;
  readonly hair: string;
  readonly control: string;
  /** The one accent, its dark form for the constrained plan, and its wash behind a selection. */
  readonly accent: string;
  readonly accentDark: string;
  readonly accentWash: string;
  readonly good: string;
  readonly watch: string;
  readonly bad: string;
  readonly badWash: string;
  /** Marks with a fixed meaning. Actual is ink, consensus accent, constrained accentDark. */
  readonly baseline: string;
  readonly budget: string;
  readonly lastYear: string;
  /** Load from none to full, then over: five steps each, even to the eye. */
  readonly load: readonly [string, string, string, string, string];
  readonly over: readonly [string, string, string];
};

export const LIGHT: Palette = {
  paper: '#ffffff',
  chrome: '#f4f6f5',
  wash: '#eef2f1',
  raised: '#ffffff',
  ink: '#101b19',
  inkSoft: '#34433f',
  inkQuiet: '#566560',
  onInk: '#ffffff',
  line: '#d3dbd8',
  hair: '#e6ebe9',
  control: '#7d8b87',
  accent: '#00706b',
  accentDark: '#00423f',
  accentWash: '#dff0ed',
  good: '#1a7340',
  watch: '#8a5300',
  bad: '#b3261e',
  badWash: '#fbe9e7',
  baseline: '#6f7d79',
  budget: '#34433f',
  lastYear: '#7f8d89',
  load: ['#f1f5f4', '#d9eae7', '#b5d8d3', '#84bfb8', '#4a9f97'],
  over: ['#f6c9a8', '#e8906b', '#c4473a'],
};

export const DARK: Palette = {
  paper: '#101615',
  chrome: '#0a0f0e',
  wash: '#1a2321',
  raised: '#18201f',
  ink: '#eaf1ef',
  inkSoft: '#c2cdca',
  inkQuiet: '#96a4a0',
  onInk: '#0a0f0e',
  line: '#2d3937',
  hair: '#212b29',
  control: '#6d7b77',
  accent: '#45c4b7',
  accentDark: '#8fe3d9',
  accentWash: '#12332f',
  good: '#62ca86',
  watch: '#e3ab46',
  bad: '#ff8f85',
  badWash: '#3a1a17',
  baseline: '#8b9a96',
  budget: '#c2cdca',
  lastYear: '#72807c',
  load: ['#18211f', '#173430', '#175049', '#1a7168', '#28998d'],
  over: ['#7a4a2a', '#9c4f34', '#d9694f'],
};

export const FONT = "'Inter Variable', Inter, system-ui, sans-serif";

/** Pixel sizes: notes, grids, body, answers, figures, questions. */
export const TYPE = { note: 12, grid: 13, body: 14, answer: 16, figure: 20, question: 28 } as const;

/** The 4 px rhythm, by the names of the component library. */
export const SPACE = { xs: 4, sm: 8, md: 12, lg: 16, xl: 24 } as const;

export const GRID_ROW_HEIGHT = 28;
const HEADER_HEIGHT = 48;
const NAV_WIDTH = 220;
const NAV_WIDTH_NARROW = 52;
export const BAND_OPACITY = 0.12;

/** `accentWash` -> `--pw-accent-wash`: the CSS name of a colour. */
function cssName(token: string): string {
  return `--pw-${token.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** A palette as CSS variables. Scales become numbered: `--pw-load-1`. */
export function cssVariables(palette: Palette): Record<`--${string}`, string> {
  const variables: Record<`--${string}`, string> = {};
  for (const [token, value] of Object.entries(palette) as [string, string | readonly string[]][]) {
    if (typeof value === 'string') variables[cssName(token) as `--${string}`] = value;
    else
      value.forEach((step, index) => (variables[`${cssName(token)}-${index + 1}` as `--${string}`] = step));
  }
  return variables;
}

/** Pixels as rem, so that the reader's own text size scales the page. */
export const rem = (pixels: number): string => `${pixels / 16}rem`;

/** Type and layout as CSS variables: `--pw-note`, `--pw-nav-size`. */
export function sizeVariables(): Record<`--${string}`, string> {
  const type = Object.entries(TYPE).map(([name, size]) => [`--pw-${name}`, rem(size)]);
  const layout = { header: HEADER_HEIGHT, nav: NAV_WIDTH, 'nav-narrow': NAV_WIDTH_NARROW };
  const sizes = Object.entries(layout).map(([name, size]) => [`--pw-${name}-size`, `${size}px`]);
  return Object.fromEntries([...type, ...sizes]) as Record<`--${string}`, string>;
}
