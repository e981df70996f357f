import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../access/context';
import { describe, RULES } from '../../access/rules';
import { ExplainAdmissionInput } from './admission.input';
import type { AdmissionService } from './admission.service';
import { AdmissionReport, toAdmissionReport } from './admission.type';

@Resolver()
export class AdmissionResolver {
  constructor(private readonly admissions: Pick<AdmissionService, 'explain'>) {}

  @Query(() => AdmissionReport, {
    nullable: true,
    description: describe(
      'What would become of a call now, and how each limit on its path stands: a dry run of the real admission, which ' +
        'sends nothing and writes nothing. Null when the key is absent or not visible.',
      RULES.signedIn,
    ),
  })
  async explainAdmission(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => ExplainAdmissionInput, { description: 'The call.' }) input: ExplainAdmissionInput,
  ): Promise<AdmissionReport | null> {
    const explanation = await this.admissions.explain(ctx, input);
    return explanation && toAdmissionReport(explanation);
  }
}
