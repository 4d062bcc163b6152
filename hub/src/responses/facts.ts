import type { ResponseId, ResponsePatch } from './schema.ts';

export type ResponseFact =
  | {
      readonly type: 'responseChangeAsked';
      readonly responseId: ResponseId;
      readonly patch: ResponsePatch;
      readonly by: string;
    }
  | {
      readonly type: 'responseChanged';
      readonly responseId: ResponseId;
      readonly patch: ResponsePatch;
      readonly by: string;
    }
  /** An alarm has it done. `withheld`: something that holds now forbids it; it is done when that is over, if it is still asked for. */
  | {
      readonly type: 'responseRan';
      readonly responseId: ResponseId;
      readonly alarmId: string;
      readonly entityIds: readonly string[];
      readonly withheld: boolean;
    }
  /** Nothing asks for it any more. `entityIds`: what was handed back. */
  | { readonly type: 'responseEnded'; readonly responseId: ResponseId; readonly entityIds: readonly string[] }
  /** What it told has not answered, and is told again. */
  | {
      readonly type: 'responseUnanswered';
      readonly responseId: ResponseId;
      readonly entityId: string;
    };
