/** A picture as it came. */
export type Picture = { readonly mediaType: string; readonly bytes: Uint8Array };

/** Pictures that are kept at once, and their size, bytes: those of some ten cameras. In memory only; the oldest goes first. */
const MAX_PICTURES = 64;
const MAX_BYTES = 25_165_824;

/** The last picture of each camera and image, in memory: what somebody's home looks like is written nowhere. */
export function createPictures() {
  const pictures = new Map<string, Picture>();
  let bytes = 0;

  function drop(entityId: string): void {
    bytes -= pictures.get(entityId)?.bytes.length ?? 0;
    pictures.delete(entityId);
  }

  return {
    keep(entityId: string, picture: Picture): void {
      drop(entityId);
      // What came off the wire is a window on a larger buffer.
      pictures.set(entityId, { mediaType: picture.mediaType, bytes: Uint8Array.from(picture.bytes) });
      bytes += picture.bytes.length;
      for (const oldest of pictures.keys()) {
        if (pictures.size <= MAX_PICTURES && bytes <= MAX_BYTES) break;
        drop(oldest);
      }
    },
    of: (entityId: string): Picture | undefined => pictures.get(entityId),
    /** Forgets the pictures of entities that are no more. */
    follow(isThere: (entityId: string) => boolean): void {
      for (const entityId of pictures.keys()) if (!isThere(entityId)) drop(entityId);
    },
    /** Bytes that are kept now. */
    bytes: (): number => bytes,
  };
}
