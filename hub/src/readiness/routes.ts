import { ROUTES } from '../api.ts';
import type { Fact } from '../house/facts.ts';
import type { Settled } from '../house/outcome.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import { type ProblemCode, Refusal } from '../shared/errors.ts';
import { QuestionId, type Readiness } from './schema.ts';

export type ReadinessRoutePorts = {
  readonly dispatch: (fact: Fact) => Settled;
  /** As the app sees it, now. */
  readonly view: () => Readiness | Promise<Readiness>;
  /** Why the sirens cannot be tested now; null: they can. */
  readonly whyNoTest: () => ProblemCode | null;
  /** Name of the person who calls, for the journal. */
  readonly nameOf: (personId: string) => string;
};

export function readinessRoutes({ dispatch, view, whyNoTest, nameOf }: ReadinessRoutePorts): Endpoint[] {
  /** "Done" is answered only when it is on disk. */
  function ask(fact: Fact) {
    if (!dispatch(fact).saved) throw new Refusal('not-saved');
    return view();
  }

  return [
    onRoute(ROUTES.readiness, view),
    onRoute(ROUTES.answerQuestion, ({ params, body, me }) => {
      const question = QuestionId.safeParse(params.id);
      if (!question.success) throw new Refusal('not-found');
      const by = nameOf(me.personId);
      return ask({ type: 'questionAnswered', question: question.data, answer: body.answer, by });
    }),
    onRoute(ROUTES.testSirens, ({ me }) => {
      const why = whyNoTest();
      if (why !== null) throw new Refusal(why);
      const { facts } = dispatch({ type: 'sirenTestAsked', by: nameOf(me.personId) });
      // A siren may sound unlogged: the disk is not waited for.
      if (!facts.some(({ type }) => type === 'sirenTestBegan')) throw new Refusal('sirens-busy');
      return view();
    }),
    onRoute(ROUTES.sirensHeard, async ({ body, me }) => {
      const { sirenTest } = await view();
      const silent = sirenTest?.sirens.filter(({ answer }) => answer === 'unknown') ?? [];
      // Ears count only where the siren itself cannot speak, and only after a test.
      if (
        sirenTest?.running !== false ||
        !body.entityIds.every((id) => silent.some((one) => one.entityId === id))
      )
        throw new Refusal('not-found');
      return ask({ type: 'sirensHeard', entityIds: body.entityIds, by: nameOf(me.personId) });
    }),
  ];
}
