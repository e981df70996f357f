/** The ledger's tables write the empty text where something is absent, because NULLs never conflict in a unique key. */
export function orNull(text: string): string | null {
  return text === '' ? null : text;
}
