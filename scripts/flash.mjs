// npm run flash -- --node air [--port /dev/ttyUSB0]: from an empty ESP32 to a paired board. Old syntax only, as in node-version.
import { checkNode } from './setup/node-version.mjs';

if (checkNode(process.versions.node)) {
  void import('./setup/hub-start.mjs').then((hub) => hub.startFlash());
}
