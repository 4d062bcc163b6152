// Looks whether this browser opens the encrypted address of the hub, and shows the answer of the four that the page holds.

/** How often it looks until it is trusted, and how long an answer may take, ms. */
const EVERY_MS = 3_000;
const PATIENCE_MS = 5_000;

/** How long the way without encryption leads on to the encrypted one, s: 90 days. */
const REMEMBERED_S = 7_776_000;

const place = document.querySelector('[data-address]');
const states = [...document.querySelectorAll('[data-state]')];

/** Says only whether there was an answer: one of another origin may not be read, and need not be. */
async function answers(address) {
  try {
    await fetch(address, {
      mode: 'no-cors',
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return true;
  } catch {
    return false;
  }
}

async function look() {
  if (await answers(new URL('trust/seen', place.dataset.address))) return 'trusted';
  return (await answers('/trust/seen')) ? 'notYet' : 'silent';
}

/** What did not change is not shown anew: a screen reader would say it again. */
function show(name) {
  for (const state of states) {
    const hidden = state.dataset.state !== name;
    if (state.hidden !== hidden) state.hidden = hidden;
  }
}

async function keepLooking() {
  if (!document.hidden) {
    const found = await look();
    show(found);
    if (found === 'trusted') {
      // biome-ignore lint/suspicious/noDocumentCookie: the other way to set one exists in secure contexts only.
      document.cookie = `homeward-trusts=1; Path=/; Max-Age=${REMEMBERED_S}; SameSite=Strict`;
      return;
    }
  }
  setTimeout(keepLooking, EVERY_MS);
}

if (place !== null) void keepLooking();
