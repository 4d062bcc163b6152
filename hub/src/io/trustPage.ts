import { type System, TRUST_TEXTS, type TrustLanguage, type TrustText } from './trustText.ts';

export type TrustPageOptions = {
  readonly language: TrustLanguage;
  /** Whoever asks could have the app here too. */
  readonly isServedHere: boolean;
  /** Of the app, with `https:` and a slash at the end; null: the hub cannot encrypt now. */
  readonly address: string | null;
  /** The authority's certificate, as a person compares it; null with the address. */
  readonly fingerprint: { readonly sha256: string; readonly sha1: string } | null;
  /** Whose steps lie open. */
  readonly system: System['id'] | null;
};

/** Paths under which the parts of the page are had. */
export const TRUST_PATHS = {
  page: '/trust',
  style: '/trust.css',
  script: '/trust.js',
  certificate: '/ca.crt',
  profile: '/homeward.mobileconfig',
  seen: '/trust/seen',
} as const;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** Letters and digits that are read from left to right in every language. */
const latin = (text: string): string => `<bdi dir="ltr">${escaped(text)}</bdi>`;

/**
 * What those see who come without encryption: that the hub is there, where the app is, and how their browser learns to
 * trust it. It holds no form, so nobody types a password into it.
 */
export function trustPage(options: TrustPageOptions): string {
  const { language, address } = options;
  const text = TRUST_TEXTS[language];
  const { other } = text;
  return `<!doctype html>
<html lang="${language}" dir="${text.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text.title} – Homeward</title>
<link rel="stylesheet" href="${TRUST_PATHS.style}">
${address === null ? '' : `<script src="${TRUST_PATHS.script}" defer></script>`}
</head>
<body>
<nav><a href="${TRUST_PATHS.page}?lang=${other.language}" lang="${other.language}" hreflang="${other.language}">${other.name}</a></nav>
<main>
<h1>${text.running}</h1>
${address === null ? `<p>${text.noEncryption}</p>` : wayIn(text, address, options.isServedHere) + steps(text, options)}
</main>
</body>
</html>
`;
}

const SHAPES = {
  looking: '<circle cx="12" cy="12" r="9" stroke-dasharray="3 4"/>',
  trusted: '<circle cx="12" cy="12" r="9.5" class="filled"/><path class="on" d="m7.5 12.5 3 3 6-7"/>',
  notYet: '<path class="filled" d="M3 3h18v18H3z"/><path class="on" d="M12 10.5V17M12 6.5V9"/>',
  silent: '<path d="M19.8 7.5A9 9 0 1 0 21 12"/><path d="M9.5 9.5a2.5 2.5 0 1 1 2.5 3V14M12 16v2"/>',
} as const;

function state(name: keyof typeof SHAPES, [word, sentence]: readonly [string, string]): string {
  const hidden = name === 'looking' ? '' : ' hidden';
  return `<p class="state ${name}" data-state="${name}"${hidden}><svg viewBox="0 0 24 24" aria-hidden="true">${SHAPES[name]}</svg><span><b>${word}</b> ${sentence}</span></p>`;
}

function wayIn(text: TrustText, address: string, isServedHere: boolean): string {
  return `<p>${isServedHere ? text.appIsAt : text.openAt}</p>
<p><a class="button" href="${escaped(address)}">${latin(address)}</a></p>
<section aria-labelledby="test">
<h2 id="test">${text.test}</h2>
<div role="status" data-address="${escaped(address)}">
${state('looking', text.looking)}
${state('trusted', text.trusted)}
${state('notYet', text.notYet)}
${state('silent', text.silent)}
</div>
<noscript><p>${text.noScript}</p></noscript>
<p class="fine">${text.passedWarning}</p>
</section>
`;
}

function steps(text: TrustText, { fingerprint, system }: TrustPageOptions): string {
  if (fingerprint === null) return '';
  return `<section aria-labelledby="what">
<h2 id="what">${text.what}</h2>
${text.whatIs.map((sentence) => `<p>${sentence}</p>`).join('\n')}
</section>
<section aria-labelledby="compare">
<h2 id="compare">${text.compare}</h2>
<p>${text.compareHow}</p>
<dl><dt>${latin('SHA-256')}</dt><dd><code>${latin(fingerprint.sha256)}</code></dd>
<dt>${text.windowsName}</dt><dd><code>${latin(fingerprint.sha1)}</code></dd></dl>
</section>
<section aria-labelledby="get">
<h2 id="get">${text.get}</h2>
<p class="choice"><a class="button line" href="${TRUST_PATHS.certificate}">${text.certificate}</a>
<a class="button line" href="${TRUST_PATHS.profile}">${text.profile}</a></p>
</section>
<section aria-labelledby="how">
<h2 id="how">${text.how}</h2>
${text.systems.map((one) => guide(one, one.id === system)).join('\n')}
<p class="fine">${text.undo}</p>
</section>`;
}

function guide({ id, name, steps: all }: System, isOpen: boolean): string {
  const items = all.map((step) => `<li>${step}</li>`).join('');
  return `<details id="${id}"${isOpen ? ' open' : ''}><summary>${name}</summary><ol>${items}</ol></details>`;
}
