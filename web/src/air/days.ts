/** A day as people write it, in Latin digits. */
export const dayText = (at: number, language: string): string =>
  new Intl.DateTimeFormat(language === 'ar' ? 'ar-u-nu-latn' : 'en-GB', { dateStyle: 'long' }).format(at);
