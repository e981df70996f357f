import { chmod, mkdir } from 'node:fs/promises';

/** Anyone may pass through, nobody may list: the embedded server's own account needs to reach its cluster below. */
export const STATE_FOLDER_MODE = 0o711;

/** Creates the folder with its parents; its mode doesn't depend on the umask. An existing folder is left as it is. */
export async function makeStateFolder(path: string): Promise<void> {
  const created = await mkdir(path, { recursive: true });
  if (created !== undefined) await chmod(path, STATE_FOLDER_MODE);
}
