/** What a person wrote on the claim page. */
export type ClaimAnswers = {
  readonly claimCode: string;
  readonly name: string;
  readonly password: string;
  readonly pin: string;
};

/** What a person wrote to choose their PINs. `duressPin`: empty for none. */
export type PinAnswers = { readonly password: string; readonly pin: string; readonly duressPin: string };

/** For each answer the words that say what is missing, or nothing. */
export type Missing<A> = Partial<Record<keyof A, string>>;

/** Characters. Source: OWASP ASVS 5.0 V6.2.1: eight at least, fifteen are advised. */
const PASSWORD_AT_LEAST = 8;
const PASSWORD_ADVISED = 15;
const PIN = /^\d{6,12}$/;

const isPin = (text: string): boolean => PIN.test(latinDigits(text));

export const missingInClaim = (answers: ClaimAnswers): Missing<ClaimAnswers> => ({
  ...(answers.claimCode.trim() === '' ? { claimCode: 'people.claim.codeMissing' } : {}),
  ...missingInEntry(answers),
  ...(isPin(answers.pin) ? {} : { pin: 'people.claim.pinWrong' }),
});

/** Of the name and the password that somebody chooses. */
export const missingInEntry = (
  answers: Pick<ClaimAnswers, 'name' | 'password'>,
): Missing<Pick<ClaimAnswers, 'name' | 'password'>> => ({
  ...(answers.name.trim() === '' ? { name: 'people.claim.nameMissing' } : {}),
  ...(answers.password.length < PASSWORD_AT_LEAST ? { password: 'people.claim.passwordShort' } : {}),
});

/** What a person wrote to log in. `code`: of the authenticator app, where it is asked for. */
export type LoginAnswers = { readonly name: string; readonly password: string; readonly code: string };

/** Of a login: no more than that there is something. */
export const missingInLogin = (answers: LoginAnswers, wantsCode: boolean): Missing<LoginAnswers> => ({
  ...(answers.name.trim() === '' ? { name: 'people.login.nameMissing' } : {}),
  ...(answers.password === '' ? { password: 'people.login.passwordMissing' } : {}),
  ...(wantsCode && answers.code.trim() === '' ? { code: 'people.login.codeMissing' } : {}),
});

/** What a person wrote to choose another password. */
export type PasswordAnswers = { readonly password: string; readonly newPassword: string };

export const missingInPassword = ({ password, newPassword }: PasswordAnswers): Missing<PasswordAnswers> => ({
  ...(password === '' ? { password: 'people.login.passwordMissing' } : {}),
  ...(newPassword.length < PASSWORD_AT_LEAST ? { newPassword: 'people.claim.passwordShort' } : {}),
});

export const missingInPins = (answers: PinAnswers): Missing<PinAnswers> => ({
  ...(isPin(answers.pin) ? {} : { pin: 'people.claim.pinWrong' }),
  ...(answers.duressPin === '' || isPin(answers.duressPin) ? {} : { duressPin: 'people.claim.pinWrong' }),
  ...(answers.password === '' ? { password: 'people.login.passwordMissing' } : {}),
});

/** What to say of a password while it is written: its length alone tells how hard it is to guess. */
export const passwordAdvice = (password: string, name: string): string => {
  const plain = password.toLowerCase();
  const called = name.trim().toLowerCase();
  if (password === '') return 'people.advice.empty';
  if (password.length < PASSWORD_AT_LEAST) return 'people.advice.short';
  if (called.length >= 3 && plain.includes(called)) return 'people.advice.name';
  return password.length < PASSWORD_ADVISED ? 'people.advice.fair' : 'people.advice.long';
};

/** An Arabic keyboard writes ٠ to ٩, a Persian one ۰ to ۹. */
export const latinDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
