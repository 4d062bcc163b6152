const STOPS = 'a[href], button:not([disabled]), input, select, textarea, [tabindex="0"]';

/** Tab and Shift+Tab go round inside `panel` and never out of it. */
export const keepFocus = (panel: HTMLElement | null, event: KeyboardEvent): void => {
  if (panel === null) return;
  const stops = [...panel.querySelectorAll<HTMLElement>(STOPS)];
  const first = stops[0];
  const last = stops.at(-1);
  if (first === undefined || last === undefined) return;
  const here = document.activeElement;
  const isOutside = here === null || !stops.some((stop) => stop === here);
  if (event.shiftKey && (isOutside || here === first)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && (isOutside || here === last)) {
    event.preventDefault();
    first.focus();
  }
};
