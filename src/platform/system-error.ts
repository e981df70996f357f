/** The code of a system error (ENOENT, EACCES, …), undefined for anything else. */
export function systemErrorCode(error: unknown): string | undefined {
  // Not instanceof Error: an error of node's own may come from another realm than ours.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
