/** The lines of a CSV file as records by the names of its columns, read as RFC 4180 has it. */
export function readCsv(text: string): Record<string, string>[] {
  const [names = [], ...lines] = cellsOf(text);
  return lines.map((cells) => {
    if (cells.length !== names.length)
      throw new Error(`A line has ${cells.length} cells, not ${names.length}`);
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
  });
}

function cellsOf(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (end === '' && line.length === 0 && quoted === undefined && plain === '') break;
    line.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    lines.push(line);
    line = [];
  }
  return lines;
}
