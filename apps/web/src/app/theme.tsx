import { createTheme, type CSSVariablesResolver, useComputedColorScheme } from '@mantine/core';
import { Icon } from '../ui/icon.tsx';
import { cssVariables, DARK, FONT, LIGHT, rem, sizeVariables, SPACE, TYPE, type Palette } from './tokens.ts';

const INK_SCALE = [
  LIGHT.chrome,
  LIGHT.wash,
  LIGHT.hair,
  LIGHT.line,
  LIGHT.control,
  LIGHT.inkQuiet,
  LIGHT.inkSoft,
  LIGHT.inkSoft,
  LIGHT.ink,
  LIGHT.ink,
] as const;

const field = { size: 'sm' as const };

/** Mantine dressed in our tokens: square corners, ink buttons, Inter, no shadows but under what floats. */
export const theme = createTheme({
  fontFamily: FONT,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, monospace',
  primaryColor: 'ink',
  primaryShade: { light: 8, dark: 0 },
  colors: { ink: [...INK_SCALE] },
  black: LIGHT.ink,
  white: LIGHT.paper,
  defaultRadius: 2,
  fontSizes: {
    xs: rem(TYPE.note),
    sm: rem(TYPE.grid),
    md: rem(TYPE.body),
    lg: rem(TYPE.answer),
    xl: rem(TYPE.figure),
  },
  spacing: Object.fromEntries(Object.entries(SPACE).map(([name, size]) => [name, rem(size)])),
  respectReducedMotion: true,
  cursorType: 'pointer',
  activeClassName: '',
  // By name and not through the components, so that the first script holds only what the first view shows.
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 28 } },
    TextInput: { defaultProps: field },
    Textarea: { defaultProps: field },
    Select: {
      defaultProps: {
        ...field,
        comboboxProps: { transitionProps: { duration: 0 } },
        rightSection: <Icon name="down" size={12} />,
        rightSectionPointerEvents: 'none',
        withCheckIcon: false,
      },
    },
    Menu: {
      defaultProps: { transitionProps: { duration: 0 }, position: 'bottom-end', offset: 4 },
    },
    Popover: { defaultProps: { transitionProps: { duration: 0 }, offset: 4 } },
    Tooltip: {
      defaultProps: {
        transitionProps: { duration: 0 },
        multiline: true,
        maw: 320,
        events: { hover: true, focus: true, touch: true },
      },
    },
  },
});

function schemeVariables(palette: Palette): Record<`--${string}`, string> {
  return {
    ...cssVariables(palette),
    '--mantine-color-body': palette.paper,
    '--mantine-color-text': palette.ink,
    '--mantine-color-dimmed': palette.inkQuiet,
    '--mantine-color-placeholder': palette.inkQuiet,
    '--mantine-color-error': palette.bad,
    '--mantine-color-default-border': palette.control,
    '--mantine-color-anchor': palette.accent,
  };
}

/** Writes both palettes as CSS variables; the colour scheme on the root element picks one. */
export const resolveCssVariables: CSSVariablesResolver = () => ({
  variables: sizeVariables(),
  light: schemeVariables(LIGHT),
  dark: schemeVariables(DARK),
});

/** The palette in force, for what cannot read CSS variables: charts and exported pictures. */
export function usePalette(): Palette {
  return useComputedColorScheme('light') === 'dark' ? DARK : LIGHT;
}
