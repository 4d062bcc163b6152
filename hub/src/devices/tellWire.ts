import { decodeAvailability } from './decode.ts';
import type { Entity } from './entity.ts';
import { createPictures, type Picture } from './pictures.ts';
import { isOnRail, isPossible, type Reading, readingOf } from './reading.ts';
import type { Told } from './told.ts';
import type { Listener } from './topics/topicIndex.ts';
import type { WireContext, WireMessage } from './wireContext.ts';

/** What entities say becomes facts; pictures are kept beside them. */
export function createTellWire({ read, dispatch, drop }: WireContext) {
  const pictures = createPictures();

  function takeTold(entity: Entity, { value, attributes }: Told, retained: boolean): void {
    const entityId = entity.id;
    if (value === undefined) {
      if (attributes !== undefined) dispatch({ type: 'attributesHeard', entityId, attributes, retained });
      return;
    }
    const reading = readingOf(read(), entity, value, retained);
    if (!isPossible(reading) || isOnRail(entity, value)) return takeImpossible(entity, reading, retained);
    dispatch(attributes === undefined ? reading : { ...reading, attributes });
  }

  /** No value of anything in a home. What the broker remembers of it may be of a sensor that is mended. */
  function takeImpossible({ id: entityId, deviceId }: Entity, reading: Reading, retained: boolean): void {
    drop(deviceId, 'impossible');
    const { quantity, value, unit, ageMs } = reading;
    if (retained || typeof value !== 'number') return;
    dispatch({ type: 'impossibleHeard', entityId, quantity, value, unit, ageMs });
  }

  /** A message that was for this entity and could not be read. */
  function takeUnreadable({ id: entityId, deviceId }: Entity, reason: string, retained: boolean): void {
    drop(deviceId, reason);
    if (!retained) dispatch({ type: 'malformedHeard', entityId });
  }

  function takePicture({ id: entityId }: Entity, picture: Picture, retained: boolean): void {
    pictures.keep(entityId, picture);
    dispatch({ type: 'pictureHeard', entityId, retained });
  }

  return {
    /** One of those who want to hear the topic. */
    take(listener: Listener, { topic, payload, retain }: WireMessage): void {
      const { entity } = listener;
      if (listener.hears === 'availability') {
        const online = decodeAvailability(listener.availability, payload);
        if (online !== null) dispatch({ type: 'availabilityHeard', entityId: entity.id, topic, online });
        return;
      }
      const decoded = listener.decoder.decode(listener.part, payload, retain);
      switch (decoded.kind) {
        case 'drop':
          return takeUnreadable(entity, decoded.reason, retain);
        case 'told':
          return takeTold(entity, decoded.told, retain);
        case 'picture':
          return takePicture(entity, decoded, retain);
        case 'event': {
          const { event, attributes } = decoded;
          // The broker's memory of something that is over.
          if (retain) return drop(entity.deviceId, 'retained-event');
          dispatch({ type: 'eventHeard', entityId: entity.id, event, attributes });
          return;
        }
      }
    },
    pictures,
  };
}
