import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version in package.json, found from this file upwards, so that it is the same from src and from dist. */
export function packageVersion(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const version = versionIn(folder);
    if (version !== null) return version;
    if (dirname(folder) === folder) return 'unknown';
  }
}

function versionIn(folder: string): string | null {
  try {
    const parsed: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (typeof parsed !== 'object' || parsed === null || !('version' in parsed)) return null;
    return String(parsed.version);
  } catch {
    return null;
  }
}
