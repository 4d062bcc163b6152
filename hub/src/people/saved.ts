import { Refusal } from '../shared/errors.ts';

/** A full or failing disk is no bug: whoever asked is told that nothing was changed. */
const DISK_SAYS_NO = /^SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN|BUSY|LOCKED)/;

/** @throws Refusal `not-saved` */
export function saved<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw DISK_SAYS_NO.test(code) ? new Refusal('not-saved') : error;
  }
}
