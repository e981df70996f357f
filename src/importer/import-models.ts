import type { DataSource } from 'typeorm';
import { err, ok } from '../domain/result';
import { newDeployment } from '../litellm/deployment-commands';
import { findModelsOf } from './imported-models.repository';
import type { ImportRun } from './import-run';
import type { ImportServices } from './import-services';
import { eachRow } from './import-tenants';
import type { SourceRow } from './litellm-source';
import { isSet, membersOf, textOf } from './row-values';
import { TABLES } from './source-tables';
import { readParameters } from './stored-parameters';

/** Deployments that were entered on LiteLLM's page or by its API; those of its YAML are read from the file itself. */
export async function importModels(run: ImportRun): Promise<void> {
  await eachRow(run, TABLES.models, 'model_id', async (row, modelId) => {
    await run.row('models', textOf(row, 'model_name') ?? modelId, async (services) => {
      if (await isThere(services.ctx.db, modelId)) return ok('ALREADY_THERE');
      if (isSet(row, 'blocked')) return err('it is blocked');
      return make(run, services, row, modelId);
    });
  });
}

async function isThere(db: DataSource, modelId: string): Promise<boolean> {
  return (await findModelsOf(db.manager, modelId)) > 0;
}

async function make(run: ImportRun, services: ImportServices, row: SourceRow, modelId: string) {
  const read = await readParameters(row['litellm_params'], run.parts.texts);
  if (!read.ok) return read;
  const { id: _id, ...info } = membersOf(row['model_info']);
  const name = textOf(row, 'model_name') ?? '';
  // The credential is named after the request, and names of credentials are unique.
  const ctx = { ...services.ctx, requestId: `of LiteLLM's model ${modelId}` };
  const made = await newDeployment(ctx, services, {
    model_name: name,
    litellm_params: read.value.parameters,
    model_info: info,
  });
  if (!made.ok) return err(made.error.message.replace(/[.]$/, ''));
  const { id: deploymentId, metadata } = made.value.deployment;
  const marked = { deploymentId, metadata: { ...metadata, litellm_model_id: modelId } };
  const updated = await services.deployments.update(ctx, marked);
  if (!updated.ok) return err(updated.error[0]?.message ?? 'it cannot be marked as imported');
  if (read.value.needsSecret) {
    run.parts.report.note(
      "models without their provider's key, which is encrypted or outside of the database: set it again",
      name,
    );
  }
  return ok('IMPORTED' as const);
}
