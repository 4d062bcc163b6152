/** What a person wrote on the claim page. */
export type ClaimAnswers = {
  readonly claimCode: string;
  readonly name: string;
  readonly password: string;
  readonly pin: string;
};

/** For each answer the words that say what is missing, or nothing. */
export type Missing<A> = Partial<Record<keyof A, string>>;

const PASSWORD_AT_LEAST = 8;
const PIN = /^\d{6,12}$/;

export const missingInClaim = (answers: ClaimAnswers): Missing<ClaimAnswers> => ({
  ...(answers.claimCode.trim() === '' ? { claimCode: 'people.claim.codeMissing' } : {}),
  ...(answers.name.trim() === '' ? { name: 'people.claim.nameMissing' } : {}),
  ...(answers.password.length < PASSWORD_AT_LEAST ? { password: 'people.claim.passwordShort' } : {}),
  ...(PIN.test(latinDigits(answers.pin)) ? {} : { pin: 'people.claim.pinWrong' }),
});

/** An Arabic keyboard writes ٠ to ٩, a Persian one ۰ to ۹. */
export const latinDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
