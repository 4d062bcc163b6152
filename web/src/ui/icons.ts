/** Line drawings on a 24 grid, stroke 2.25, butt caps. `line` is stroked, `fill` is filled. */
type Drawing = { readonly line: string; readonly fill?: string };

export const ICONS = {
  home: { line: 'M3 11 12 3.5 21 11M5.5 9v11.5h13V9' },
  board: {
    line: 'M6 6h12v12H6zM9 2.5V6M15 2.5V6M9 18v3.5M15 18v3.5M2.5 9H6M2.5 15H6M18 9h3.5M18 15h3.5',
  },
  settings: {
    line: 'M3 6h11M18 6h3M3 12h3M10 12h11M3 18h8M15 18h6',
    fill: 'M14 3.5h3.5v5H14zM6.5 9.5H10v5H6.5zM11.5 15.5H15v5h-3.5z',
  },
  door: { line: 'M5 21V3h14v18M2 21h20', fill: 'M14.5 11h2.2v3.5h-2.2z' },
  doorOpen: { line: 'M5 21V3h14v18M2 21h4M11 21h11M5 3l7 3.5v17L5 21' },
  window: { line: 'M4 3.5h16v17H4zM12 3.5v17M4 12h16' },
  lock: { line: 'M5 10.5h14v10H5zM8 10.5V7a4 4 0 0 1 8 0v3.5' },
  siren: { line: 'M6 17v-5a6 6 0 0 1 12 0v5M3 20.5h18v-3.5H3zM12 1v3M3.5 4.5l2 2M20.5 4.5l-2 2' },
  lamp: { line: 'M8 3h8l4 9H4zM12 12v8.5M7.5 20.5h9' },
  motion: { line: 'M7 13l3-5 4 1 2 4 3 1M10.5 8 11 14l-3 7M11 14l4 3v4', fill: 'M9.5 2h4v4h-4z' },
  camera: { line: 'M3 7h12v10H3zM15 10.500l6-3v9l-6-3' },
  cover: { line: 'M4 3.500h16M5.500 3.500v9h13v-9M5.500 8h13M12 12.500V20.500' },
  valve: { line: 'M3 9v8l18-8v8zM12 13V5M8 4.500h8' },
  smoke: {
    line: 'M4 20.500h16M6 16h12M12 12c-4-3 3-4 0-9M16.500 12c-3-2 1.500-3 0-6M7.500 12c-3-2 1.500-3 0-6',
  },
  drop: { line: 'M12 3c4 5 6 8 6 11a6 6 0 0 1-12 0c0-3 2-6 6-11z' },
  plug: { line: 'M8 2.500V8M16 2.500V8M5 8h14v3a7 7 0 0 1-14 0zM12 18v4' },
  air: { line: 'M3 8h11a3 3 0 1 0-3-3M3 12h15a3 3 0 1 1-3 3M3 16h8a2.500 2.500 0 1 1-2.500 2.500' },
  press: { line: 'M4 4h16v16H4zM12 8.500a3.500 3.500 0 1 1 0 7a3.500 3.500 0 0 1 0-7z' },
  search: { line: 'M10.500 4a6.500 6.500 0 1 1 0 13a6.500 6.500 0 0 1 0-13zM15.500 15.500l5.500 5.500' },
  gateway: {
    line: 'M3 14h18v6.5H3zM7 14V9M12 6.5a3 3 0 0 1 0 0M7 5.5v.01M3.5 9a5 5 0 0 1 7 0',
    fill: 'M15.5 16.2h2.4v2.2h-2.4z',
  },
  phone: {
    line: 'M4 3.5h4.5l2 5-2.7 2c1.2 2.6 3 4.4 5.7 5.7l2-2.7 5 2V20c-9 1.5-18-7.5-16.5-16.5z',
  },
  hand: {
    line: 'M7 12V5.5M10.3 11V3.5M13.7 11V3.5M17 12V6M7 12l-2.5-1.5L3 12l4.5 7 3 2.5h4l2.500-3V6',
  },
  silent: { line: 'M3 9h4l5-4v14l-5-4H3zM15.500 9.500l5 5M20.500 9.500l-5 5' },
  tick: { line: 'M4 12.5 9.5 18 20.5 6.5' },
  plus: { line: 'M12 4v16M4 12h16' },
  minus: { line: 'M4 12h16' },
  onward: { line: 'M9 4.5 16.5 12 9 19.5' },
  back: { line: 'M15 4.5 7.5 12 15 19.5' },
  rising: { line: 'M5 19 19 5M8 5h11v11' },
  steady: { line: 'M3 12h17M13 5l7 7-7 7' },
  falling: { line: 'M5 5 19 19M8 19h11V8' },
  copy: { line: 'M8 8h12.5v12.5H8zM16 8V3.5H3.5V16H8' },
  open: { line: 'M3 19.5V4.500h6l2 3h10v12zM12 17v-6M8.500 13.500 12 10l3.500 3.500' },
  journal: { line: 'M5 3.500h14v17H5zM9 3.500v17M12 8.500h4M12 12.500h4' },
  person: { line: 'M12 3.500a4 4 0 1 1 0 8a4 4 0 0 1 0-8zM4 21c0-4 3-6.500 8-6.500s8 2.500 8 6.500' },
  print: { line: 'M7 8V3.500h10V8M7 17H3.500V8h17v9H17M7 13.500h10v7H7z' },
  save: { line: 'M12 3v12M6.5 10 12 15.500 17.500 10M4 20.500h16' },
} as const satisfies Record<string, Drawing>;

export type IconName = keyof typeof ICONS;
