/** Longest template that is compiled. Characters. Source: DESIGN section 6; Zigbee2MQTT's longest stay below 400. */
export const MAX_SOURCE_CHARS = 1_024;

/** Deepest nesting in a template and in a value that it prints. Levels. Source: DESIGN section 6. */
export const MAX_DEPTH = 32;

/** Work one rendering may do. Steps: one per node, one per started KiB of text touched. Source: DESIGN section 6. */
export const MAX_STEPS = 1_000;

/** Longest text a rendering may build, in between or at the end. Characters. As long as the longest payload. */
export const MAX_RESULT_CHARS = 65_536;

/** Why a rendering ended without a result. `not-defined`: the message carries no such value and is to be ignored. */
export type FaultCode =
  | 'not-defined'
  | 'wrong-type'
  | 'not-a-number'
  | 'number-range'
  | 'division-by-zero'
  | 'steps'
  | 'depth'
  | 'too-large';

/** Thrown by `render`: this one message cannot be read with this template. The template itself stays usable. */
export class TemplateFault extends Error {
  readonly code: FaultCode;
  constructor(code: FaultCode, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.code = code;
  }
}

/** Thrown while compiling, and turned into a refusal by `compileTemplate`: the source is not in our subset. */
export class Unsupported extends Error {}

/** What one rendering may still spend. Made anew for each. */
export class Budget {
  private left = MAX_STEPS;

  /** Takes steps, or ends the rendering. */
  spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new TemplateFault('steps');
  }

  /** Pays for text of that many characters, or ends the rendering when no result may be so long. */
  text(chars: number): void {
    if (chars > MAX_RESULT_CHARS) throw new TemplateFault('too-large');
    this.spend(1 + Math.floor(chars / 1_024));
  }
}
