/** What is imported, in the order of the report. */
export const IMPORT_KINDS = [
  'budgets',
  'organizations',
  'users',
  'teams',
  'members',
  'projects',
  'keys',
  'customers',
  'models',
  'limits',
  'balances',
  'spendLogs',
] as const;

export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Of one kind: `found` is the sum of the other three. */
export interface ImportTally {
  readonly found: number;
  readonly imported: number;
  /** There already, from an earlier import or made here. */
  readonly alreadyThere: number;
  readonly skipped: readonly SkippedRows[];
}

export interface SkippedRows {
  readonly reason: string;
  readonly rows: number;
  /** The ids of some of them. */
  readonly examples: readonly string[];
}

export interface ImportSummary {
  readonly dryRun: boolean;
  readonly kinds: Readonly<Record<ImportKind, ImportTally>>;
  /** What was done in another way than in LiteLLM, and how often. */
  readonly notes: readonly SkippedRows[];
}

const TITLES: Readonly<Record<ImportKind, string>> = {
  budgets: 'shared budgets',
  organizations: 'organizations',
  users: 'users',
  teams: 'teams',
  members: 'memberships',
  projects: 'projects',
  keys: 'keys',
  customers: 'customers',
  models: 'models',
  limits: 'things with limits',
  balances: 'opening balances',
  spendLogs: 'spend logs',
};

const MAX_EXAMPLES = 3;

class Reasons {
  private readonly rows = new Map<string, { rows: number; examples: string[] }>();

  add(reason: string, example: string): void {
    const known = this.rows.get(reason) ?? { rows: 0, examples: [] };
    this.rows.set(reason, known);
    known.rows++;
    if (known.examples.length < MAX_EXAMPLES) known.examples.push(example);
  }

  list(): SkippedRows[] {
    return [...this.rows].map(([reason, counted]) => ({ reason, ...counted }));
  }
}

/** Counts what becomes of each row, so that none is dropped in silence. */
export class ImportReport {
  private readonly counts = new Map<ImportKind, { imported: number; alreadyThere: number }>();
  private readonly skips = new Map<ImportKind, Reasons>();
  private readonly told = new Reasons();

  count(kind: ImportKind, became: 'IMPORTED' | 'ALREADY_THERE', rows = 1): void {
    const counted = this.counts.get(kind) ?? { imported: 0, alreadyThere: 0 };
    this.counts.set(kind, counted);
    if (became === 'IMPORTED') counted.imported += rows;
    else counted.alreadyThere += rows;
  }

  /** `example` names the row by an id that is no secret. */
  skip(kind: ImportKind, reason: string, example: string): void {
    const skipped = this.skips.get(kind) ?? new Reasons();
    this.skips.set(kind, skipped);
    skipped.add(reason, example);
  }

  note(text: string, example: string): void {
    this.told.add(text, example);
  }

  summary(dryRun: boolean): ImportSummary {
    const kinds = Object.fromEntries(IMPORT_KINDS.map((kind) => [kind, this.tally(kind)]));
    return { dryRun, kinds: kinds as Record<ImportKind, ImportTally>, notes: this.told.list() };
  }

  private tally(kind: ImportKind): ImportTally {
    const { imported, alreadyThere } = this.counts.get(kind) ?? { imported: 0, alreadyThere: 0 };
    const skipped = this.skips.get(kind)?.list() ?? [];
    const found = imported + alreadyThere + skipped.reduce((sum, each) => sum + each.rows, 0);
    return { found, imported, alreadyThere, skipped };
  }
}

/** Whether every row that was found is here now. */
export function isComplete({ kinds }: ImportSummary): boolean {
  return Object.values(kinds).every(({ skipped }) => skipped.length === 0);
}

/** The report for people. */
export function reportLines(summary: ImportSummary): string[] {
  const rows = IMPORT_KINDS.map((kind) => {
    const { found, imported, alreadyThere, skipped } = summary.kinds[kind];
    const left = skipped.reduce((sum, each) => sum + each.rows, 0);
    return [TITLES[kind], ...[found, imported, alreadyThere, left].map(String)];
  });
  const table = [['', 'found', 'imported', 'already there', 'skipped'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((place) => Math.max(...table.map((row) => row[place]?.length ?? 0)));
  const lines = table.map((row) =>
    row
      .map((cell, place) =>
        place === 0 ? cell.padEnd(widths[place] ?? 0) : cell.padStart(widths[place] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  const skipped = IMPORT_KINDS.flatMap((kind) =>
    summary.kinds[kind].skipped.map((each) => `Skipped ${TITLES[kind]}: ${told(each)}`),
  );
  return [...lines, ...skipped, ...summary.notes.map((each) => `Note: ${told(each)}`)];
}

function told({ reason, rows, examples }: SkippedRows): string {
  const more = rows > examples.length ? ', …' : '';
  return `${reason} (${rows}: ${examples.join(', ')}${more})`;
}
