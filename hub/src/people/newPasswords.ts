import { Refusal } from '../shared/errors.ts';
import { isCommonPassword } from './commonPasswords.ts';
import { commonForms, isOfNames, isPattern } from './passwordRules.ts';

/**
 * Whether a password may be chosen: there are no rules of what it must be made of, only of what everybody would try first.
 * @param name of the person
 * @throws Refusal `password-common`, `password-of-names`
 */
export type CheckNewPassword = (password: string, name: string) => Promise<void>;

/** @param hubName under which the hub is found */
export function createNewPasswords(hubName: string): CheckNewPassword {
  return async (password, name) => {
    if (isOfNames(password, [name, hubName])) throw new Refusal('password-of-names');
    const isCommon = isPattern(password) || (await isCommonPassword(commonForms(password)));
    if (isCommon) throw new Refusal('password-common');
  };
}
