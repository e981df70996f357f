import type { EntityManager } from 'typeorm';

/** How many deployments were imported from that model of LiteLLM, deleted ones too. */
export async function findModelsOf(manager: EntityManager, modelId: string): Promise<number> {
  const [row]: { rows: number }[] = await manager.query(
    `SELECT count(*)::int AS rows FROM deployments WHERE metadata ->> 'litellm_model_id' = $1`,
    [modelId],
  );
  return row?.rows ?? 0;
}
