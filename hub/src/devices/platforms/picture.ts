import type { Options } from '../abbreviations.ts';
import { BadOption, readTopic, readWord, requireTopic } from '../announcements/announcedOption.ts';
import { fromBase64, MAX_PICTURE_BYTES, mediaTypeOf } from '../picture.ts';
import { type Decoded, dropped } from '../told.ts';
import type { Part, Platform } from './definition.ts';
import type { PictureSettings } from './settings.ts';

/** Fault of an image that tells an address: the hub works without the internet, and is not made to call anybody. */
export const PICTURE_BY_ADDRESS = 'picture-by-address';

function pictureFrom(payload: Uint8Array, isBase64: boolean): Decoded {
  const bytes = isBase64 ? fromBase64(payload) : payload;
  const mediaType = bytes === null ? null : mediaTypeOf(bytes);
  return bytes === null || mediaType === null
    ? dropped('not-a-picture')
    : { kind: 'picture', mediaType, bytes };
}

function partsOf({ pictureTopic, isBase64 }: PictureSettings): Part[] {
  if (pictureTopic === null) return [];
  const readBytes = (payload: Uint8Array) => pictureFrom(payload, isBase64);
  return [{ name: 'picture', topic: pictureTopic, maxBytes: MAX_PICTURE_BYTES, readBytes }];
}

const readsBase64 = (options: Options): boolean =>
  readWord(options, 'image_encoding', [null, 'b64']) === 'b64';

/** Source: ha-mqtt-discovery 9.8. */
export const camera: Platform<PictureSettings<'camera'>> = {
  announced: (options) => ({
    settings: {
      component: 'camera',
      pictureTopic: requireTopic(options, 'topic'),
      isBase64: readsBase64(options),
    },
  }),
  takesBytes: true,
  parts: ({ settings }) => partsOf(settings),
};

/** Source: ha-mqtt-discovery 9.9. */
export const image: Platform<PictureSettings<'image'>> = {
  announced(options) {
    const pictureTopic = readTopic(options, 'image_topic');
    const isByAddress = readTopic(options, 'url_topic') !== null;
    if ((pictureTopic !== null) === isByAddress) throw new BadOption('image_topic or url_topic');
    if (isByAddress && options.content_type != null) throw new BadOption('content_type');
    return { settings: { component: 'image', pictureTopic, isBase64: readsBase64(options) } };
  },
  takesBytes: true,
  fault: ({ settings }) => (settings.pictureTopic === null ? PICTURE_BY_ADDRESS : null),
  parts: ({ settings }) => partsOf(settings),
};
