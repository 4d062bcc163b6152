// npm start: sets up what is missing, builds what is stale, then becomes the hub. Old syntax only, as in node-version.
import { checkNode } from './setup/node-version.mjs';

if (checkNode(process.versions.node)) {
  void import('./setup/hub-start.mjs').then((hub) => hub.startHub());
}
