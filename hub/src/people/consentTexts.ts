import { DAY_MS, type Millis } from '../shared/time.ts';
import type { ConsentPurpose, ConsentText } from './consentSchema.ts';

/** A consent ends by itself after so long, ms: then it is asked for anew. Source: safety.md ACC-12, 12 months. */
export const CONSENT_MS: Millis = 365 * DAY_MS;

/**
 * What people agree to, word for word. A text is never changed: with other words comes the next version, and who agreed to an earlier
 * one is asked anew.
 */
const TEXTS: Readonly<Record<ConsentPurpose, Omit<ConsentText, 'purpose' | 'lastsMs'>>> = {
  face: {
    version: 1,
    en:
      'I agree that this hub measures my face in pictures of its cameras and keeps those measures, not the pictures, so that it ' +
      'knows me at the door. They stay on this hub, encrypted, and are given to nobody. They are deleted when I withdraw this, when ' +
      'I am removed from the house, when my face was not seen for 12 months, and a year from now at the latest unless I agree anew. ' +
      'I can withdraw this at any time, here, without giving a reason. If I do not agree, my PIN and my phone work as before.',
    ar:
      'أوافق على أن يقيس هذا المركز ملامح وجهي في صور كاميراته وأن يحتفظ بهذه القياسات، لا بالصور، ليتعرّف عليّ عند الباب. تبقى ' +
      'القياسات مشفّرةً في هذا المركز ولا تُعطى لأحد. وتُحذف حين أسحب موافقتي، أو حين أُزال من البيت، أو إذا لم يُرَ وجهي 12 شهرًا، ' +
      'وبعد سنة من الآن على أبعد تقدير ما لم أوافق من جديد. أستطيع سحب موافقتي هنا في أي وقت دون ذكر سبب. وإن لم أوافق فرقمي السري ' +
      'وهاتفي يعملان كما كانا.',
  },
};

/** What is asked of people now. */
export const consentTexts = (): ConsentText[] =>
  (Object.keys(TEXTS) as ConsentPurpose[]).map((purpose) => ({
    purpose,
    ...TEXTS[purpose],
    lastsMs: CONSENT_MS,
  }));

/** The version of a text that counts now. */
export const versionOf = (purpose: ConsentPurpose): number => TEXTS[purpose].version;
