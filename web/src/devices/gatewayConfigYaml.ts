/** What YAML could take for an end of line, a mark or nothing at all. */
const UNSEEN = /[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]|\p{Cs}/gu;

const escaped = (char: string): string => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

/** A text as YAML writes it between double quotes: whatever stands in it, it stays this one value. */
export const yamlText = (text: string): string => JSON.stringify(text).replace(UNSEEN, escaped);

/** A PEM as a YAML block; only lines that a PEM can have are let in. `indent`: spaces before each. */
export const yamlPem = (pem: string, indent: number): string =>
  pem
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => /^(?:-----(?:BEGIN|END) CERTIFICATE-----|[A-Za-z0-9+/=]+)$/.test(line))
    .map((line) => `${' '.repeat(indent)}${line}`)
    .join('\n');
