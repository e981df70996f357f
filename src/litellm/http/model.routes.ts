import { deleteDeployment, changeDeployment, newDeployment } from '../deployment-commands';
import { DELETE_MODEL, MODEL_GROUP, MODEL_PAGE, NEW_MODEL, UPDATE_MODEL } from '../deployment.schema';
import { describeDeployments, findDeploymentsOf, seesDeployments } from '../describe-deployments';
import { ok, type Result } from '../../domain/result';
import type { RequestContext } from '../../access/context';
import { notFound, type LitellmFailure } from '../failure';
import { findModels } from '../find-models';
import type { Json } from '../lossless';
import { countTokens } from '../model-costs';
import { COUNT_TOKENS, MODEL_INFO } from '../model.schema';
import type { LitellmServices } from '../services';
import { deploymentMembers, modelGroupMembers, modelMembers } from './model-members';
import { answer, defineRoute, type LitellmRoute } from './route';

const DEFAULT_SIZE = 50;

const infoRoute = (path: string): LitellmRoute =>
  defineRoute({
    method: 'GET',
    path,
    summary:
      'Lists the models that the caller may use, with what they cost; the deployments, for those who run the server.',
    members: MODEL_INFO,
    async handle(ctx, input, services) {
      const name = input.litellm_model_id;
      const rows = await rowsOf(ctx, services, name);
      if (!rows.ok) return rows;
      if (name !== undefined && rows.value.length === 0) {
        return notFound('litellm_model_id', `There is no model "${name}".`);
      }
      return answer({ data: rows.value });
    },
  });

const updateRoute = (method: 'POST' | 'PATCH', path: string): LitellmRoute =>
  defineRoute({
    method,
    path,
    summary: 'Changes a deployment. What is left out stays as it is; null takes away.',
    members: UPDATE_MODEL,
    async handle(ctx, input, services) {
      const done = await changeDeployment(ctx, services, input);
      if (!done.ok) return done;
      const { deployment, ignored } = done.value;
      const [row = {}] = (await describeDeployments(ctx, services, [deployment])).map(deploymentMembers);
      return answer({ model_id: deployment.id, ...row }, { ignored });
    },
  });

export const MODEL_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/utils/token_counter',
    summary: 'Counts the input tokens of messages or text as the model would.',
    members: COUNT_TOKENS,
    async handle(_ctx, input, services) {
      const counted = await countTokens(services, input);
      if (!counted.ok) return counted;
      const { tokens, upstreamModel, exact } = counted.value;
      return answer({
        total_tokens: tokens,
        request_model: input.model,
        model_used: upstreamModel,
        tokenizer_type: 'openai_tokenizer',
        exact,
      });
    },
  }),
  infoRoute('/model/info'),
  infoRoute('/v1/model/info'),
  defineRoute({
    method: 'GET',
    path: '/v2/model/info',
    summary: 'The same as /model/info, in numbered pages.',
    members: MODEL_PAGE,
    async handle(ctx, input, services) {
      const rows = await rowsOf(ctx, services, input.model);
      if (!rows.ok) return rows;
      const search = input.search?.toLowerCase() ?? '';
      const found = rows.value.filter((row) => String(row['model_name']).toLowerCase().includes(search));
      const [page, size] = [input.page ?? 1, input.size ?? DEFAULT_SIZE];
      return answer({
        data: found.slice((page - 1) * size, page * size),
        ...{ total_count: found.length, current_page: page, size },
        total_pages: Math.ceil(found.length / size),
      });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/model_group/info',
    summary: 'Lists the models that the caller may use, one row for each name.',
    members: MODEL_GROUP,
    async handle(ctx, input, services) {
      const models = await findModels(ctx, services, input.model_group);
      return answer({ data: models.map(modelGroupMembers) });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/model/new',
    summary: 'Makes a deployment of a model: where its calls are sent, what it takes and what it costs.',
    members: NEW_MODEL,
    async handle(ctx, input, services) {
      const done = await newDeployment(ctx, services, input);
      if (!done.ok) return done;
      const { deployment, ignored } = done.value;
      const [row = {}] = (await describeDeployments(ctx, services, [deployment])).map(deploymentMembers);
      return answer({ model_id: deployment.id, ...row }, { ignored });
    },
  }),
  updateRoute('POST', '/model/update'),
  updateRoute('PATCH', '/model/:model_id/update'),
  defineRoute({
    method: 'POST',
    path: '/model/delete',
    summary: 'Deletes a deployment. Calls in flight go on, and its spend stays in the log.',
    members: DELETE_MODEL,
    async handle(ctx, input, services) {
      const done = await deleteDeployment(ctx, services, input.id);
      return done.ok ? answer({ message: `Model: ${input.id} deleted successfully` }) : done;
    },
  }),
];

async function rowsOf(
  ctx: RequestContext,
  services: LitellmServices,
  wanted: string | undefined,
): Promise<Result<Json[], LitellmFailure>> {
  if (!seesDeployments(ctx)) return ok((await findModels(ctx, services, wanted)).map(modelMembers));
  const found = await findDeploymentsOf(ctx, services, wanted);
  if (!found.ok) return found;
  return ok((await describeDeployments(ctx, services, found.value)).map(deploymentMembers));
}
