import type { MqttClient } from 'mqtt';

/**
 * mqtt.js holds a packet back until the next turn of the event loop, to send it together with others. A siren command
 * would then wait until its alarm is on disk: it is let go at once.
 */
export function sendNow({ stream }: MqttClient): void {
  for (let held = stream.writableCorked; held > 0; held--) stream.uncork();
}

export function toBuffer(payload: string | Uint8Array): Buffer {
  if (typeof payload === 'string') return Buffer.from(payload);
  // What was received is one already: another one for each message is a fiftieth of its cost.
  if (Buffer.isBuffer(payload)) return payload;
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
}
