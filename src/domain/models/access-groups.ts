/**
 * The groups that a deployment is in, from its metadata in LiteLLM's name. A key or team whose models name a group may call
 * all in it, and a limit on the group holds them together. Anything that is no name is ignored.
 */
export function accessGroups(metadata: Readonly<Record<string, unknown>>): readonly string[] {
  const groups = metadata['access_groups'];
  if (!Array.isArray(groups)) return [];
  return groups.filter((group): group is string => typeof group === 'string' && group !== '');
}
