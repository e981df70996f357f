import { err, ok, type Result } from '../domain/result';
import type { SpendDimension } from '../domain/spend/report-words';
import type { ExportFilter } from '../domain/exports/export-ask';

/** What roll-ups can be narrowed by. */
const REPORT_FILTERS: Readonly<Partial<Record<keyof ExportFilter, SpendDimension>>> = {
  organizationId: 'ORGANIZATION',
  teamId: 'TEAM',
  projectId: 'PROJECT',
  userId: 'USER',
  keyId: 'KEY',
  provider: 'PROVIDER',
  model: 'MODEL',
};

/** The filter of a file as that of a report, which knows less of a call. */
export function reportFilter(
  filter: ExportFilter,
): Result<
  Partial<Record<SpendDimension, readonly string[]>>,
  { readonly field: string; readonly message: string }
> {
  const only: Partial<Record<SpendDimension, readonly string[]>> = {};
  for (const [name, value] of Object.entries(filter)) {
    if (value == null) continue;
    const dimension = REPORT_FILTERS[name as keyof ExportFilter];
    if (dimension === undefined) {
      const message = `A report cannot be narrowed by "${name}"; export the spend log instead.`;
      return err({ field: name, message });
    }
    only[dimension] = [value];
  }
  return ok(only);
}
