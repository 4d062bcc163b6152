import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import QrCode from '../../src/ui/QrCode.vue';
import { readQr } from './qrReading.ts';

const LINK = `https://homeward.local:8443/join#${'aZ09-_'.repeat(7)}k`;

/** The dark modules as they are drawn, without the quiet round them. */
const drawn = (text: string): boolean[][] => {
  const svg = mount(QrCode, { props: { text, label: 'to scan' } });
  const side = Number(svg.attributes('viewBox')?.split(' ')[2]);
  const dark = new Set((svg.get('.dark').attributes('d') ?? '').match(/\d+ \d+(?=h1v1)/g));
  for (const place of dark)
    for (const at of place.split(' ').map(Number)) {
      expect(at).toBeGreaterThanOrEqual(4);
      expect(at).toBeLessThan(side - 4);
    }
  const size = side - 8;
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_, x) => dark.has(`${x + 4} ${y + 4}`)),
  );
};

describe('a QR code', () => {
  it('reads as the link that it was made of, with four modules of quiet round it', () => {
    expect(LINK).toHaveLength(76);
    expect(readQr(drawn(LINK))).toBe(LINK);
  });

  it('another link is another code', () => {
    expect(readQr(drawn(LINK.replace('8443', '9443')))).toBe(LINK.replace('8443', '9443'));
  });
});
