import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configOf, faultOf, listen } from '../../../test/announcedConfig.ts';
import { fromBase64, MAX_PICTURE_BYTES } from '../picture.ts';
import { controlOf, inputsOf, maxBytesOf } from '../platform.ts';

const bytes = (...all: number[]) => Uint8Array.from(all);
const JPEG = bytes(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3);
const PNG = bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 9);
const GIF = new TextEncoder().encode('GIF89a...');
const WEBP = new TextEncoder().encode('RIFF????WEBPVP8 ');
const picture = (mediaType: string, of: Uint8Array) => ({ kind: 'picture', mediaType, bytes: of });

describe('a camera', () => {
  it.each<[string, Uint8Array, unknown]>([
    ['JPEG', JPEG, picture('image/jpeg', JPEG)],
    ['PNG', PNG, picture('image/png', PNG)],
    ['GIF', GIF, picture('image/gif', GIF)],
    ['WebP', WEBP, picture('image/webp', WEBP)],
    ['HTML', new TextEncoder().encode('<html><script>'), 'drop not-a-picture'],
    ['SVG', new TextEncoder().encode('<svg onload="x">'), 'drop not-a-picture'],
    ['half a PNG', PNG.subarray(0, 5), 'drop not-a-picture'],
    ['RIFF of sound', new TextEncoder().encode('RIFF????WAVEfmt '), 'drop not-a-picture'],
    ['nothing', bytes(), 'drop not-a-picture'],
  ])('shows what its first bytes tell: %s', (_name, payload, expected) => {
    expect(listen('camera', { topic: 't' })('t', payload)).toEqual(expected);
  });

  it('STRIDE D: junk images: may send 2 MiB on its topic, and not a byte more', () => {
    const config = configOf('camera', { topic: 't' });
    expect(inputsOf(config)).toEqual([{ topic: 't', part: 'picture' }]);
    expect(maxBytesOf(config, 'picture')).toBe(MAX_PICTURE_BYTES);
    const whole = new Uint8Array(MAX_PICTURE_BYTES);
    whole.set(JPEG);
    expect(listen('camera', { topic: 't' })('t', whole)).toMatchObject({ kind: 'picture' });
    const more = new Uint8Array(MAX_PICTURE_BYTES + 1);
    more.set(JPEG);
    expect(listen('camera', { topic: 't' })('t', more)).toBe('drop too-large');
  });

  it('may announce that its payloads are bytes', () => {
    expect(faultOf('camera', { topic: 't', encoding: '' })).toBeNull();
    expect(configOf('camera', { topic: 't', encoding: '' }).text).toBe(true);
    expect(faultOf('camera', {})).toBe('refused bad-option: topic');
    expect(faultOf('camera', { topic: 't', image_encoding: 'hex' })).toBe(
      'refused bad-option: image_encoding',
    );
    expect(controlOf(configOf('camera', { topic: 't' }))).toBeNull();
  });

  it('may write its bytes as base64', () => {
    const hear = listen('camera', { topic: 't', image_encoding: 'b64' });
    expect(hear('t', Buffer.from(PNG).toString('base64'))).toEqual(picture('image/png', PNG));
    expect(hear('t', 'not base64!')).toBe('drop not-a-picture');
    expect(hear('t', PNG)).toBe('drop not-a-picture');
  });
});

describe('an image', () => {
  it('comes on its topic', () => {
    expect(listen('image', { image_topic: 'i', content_type: 'image/png' })('i', JPEG)).toEqual(
      picture('image/jpeg', JPEG),
    );
  });

  it('that tells an address is never fetched', () => {
    const byAddress = { url_topic: 'u', url_template: '{{ value }}' };
    expect(faultOf('image', byAddress)).toBe('picture-by-address');
    expect(inputsOf(configOf('image', byAddress))).toEqual([]);
  });

  it.each([
    [{}, 'image_topic or url_topic'],
    [{ image_topic: 'i', url_topic: 'u' }, 'image_topic or url_topic'],
    [{ url_topic: 'u', content_type: 'image/png' }, 'content_type'],
  ])('with %j is left out', (options, option) => {
    expect(faultOf('image', options)).toBe(`refused bad-option: ${option}`);
  });
});

describe('base64', () => {
  it('comes back as it was, in either alphabet and with line breaks', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (all) => {
        for (const form of ['base64', 'base64url'] as const) {
          const text = Buffer.from(all).toString(form).replace(/.{20}/g, '$&\r\n');
          expect(fromBase64(Buffer.from(text))).toEqual(all);
        }
      }),
    );
  });

  it('is nothing else', () => {
    expect(fromBase64(Buffer.from('ab*d'))).toBeNull();
    expect(fromBase64(bytes(0x61, 0xff))).toBeNull();
  });
});
