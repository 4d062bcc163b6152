// npm run journal:verify [-- --data folder]: whether somebody changed the journal. Old syntax only, as in node-version.
import { checkNode } from './setup/node-version.mjs';

if (checkNode(process.versions.node)) {
  void import('./setup/hub-start.mjs').then((hub) => hub.startJournalVerify());
}
