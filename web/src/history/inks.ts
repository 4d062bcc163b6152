/** The colours and the type of the page as a canvas wants them. Read anew when the theme changes. */
export type Inks = {
  readonly ink: string;
  readonly ink2: string;
  readonly line: string;
  readonly band: string;
  readonly lamp: string;
  readonly lampEdge: string;
  readonly level: Readonly<Record<'check' | 'warning' | 'alarm', LevelInk>>;
  /** CSS pixels. */
  readonly fontPx: number;
  readonly family: string;
};

type LevelInk = { readonly line: string; readonly text: string; readonly tint: string };

/** Nothing on a page is smaller. rem */
const FINE = 0.875;

export const readInks = (element: Element): Inks => {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--hw-${name}`).trim();
  const rootPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return {
    ink: token('ink'),
    ink2: token('ink-2'),
    line: token('line'),
    band: token('sunken'),
    lamp: token('lamp'),
    lampEdge: token('lamp-edge'),
    level: {
      check: { line: token('check'), text: token('check-ink'), tint: token('check-tint') },
      warning: { line: token('warning-ink'), text: token('warning-ink'), tint: token('warning-tint') },
      alarm: { line: token('alarm-edge'), text: token('alarm-ink'), tint: token('alarm-tint') },
    },
    fontPx: FINE * rootPx,
    family: style.fontFamily,
  };
};
