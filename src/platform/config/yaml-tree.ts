import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { Problems } from './problems';

/** YAML with the line of everything and every scalar as written: a number never becomes a float. */
export type YamlNode = YamlScalar | YamlMap | YamlList;

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly line: number;
  /** Null for an empty value, `null` and `~`. */
  readonly text: string | null;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly line: number;
  readonly entries: ReadonlyMap<string, YamlEntry>;
}

export interface YamlEntry {
  readonly line: number;
  readonly value: YamlNode;
}

export interface YamlList {
  readonly kind: 'list';
  readonly line: number;
  readonly items: readonly YamlNode[];
}

/** Deeper than any configuration, so that an anchor inside itself ends in an error. */
const MAX_DEPTH = 50;
const NULL_TEXT = /^(?:|~|null|Null|NULL)$/;

/** The file's content; undefined, with the problems named, if it is no YAML. */
export function parseYamlTree(text: string, problems: Problems): YamlNode | undefined {
  const lines = new LineCounter();
  // The failsafe schema leaves every scalar as text. Pretty errors would quote the file, secrets included.
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false });
  for (const { pos, message } of document.errors) {
    problems.error(`line ${lines.linePos(pos[0]).line}: ${message}.`);
  }
  if (document.errors.length > 0) return undefined;
  return new TreeBuilder(document, lines, problems).build(document.contents, 0);
}

class TreeBuilder {
  constructor(
    private readonly document: Document.Parsed,
    private readonly lines: LineCounter,
    private readonly problems: Problems,
  ) {}

  build(node: Node | null, depth: number, lineIfEmpty = 1): YamlNode {
    const line = this.lineOf(node) ?? lineIfEmpty;
    if (depth > MAX_DEPTH) {
      this.problems.error(`line ${line}: is nested too deeply.`);
      return { kind: 'scalar', line, text: null };
    }
    // An anchor's content is shown at the line where it stands, which is where it has to be mended.
    if (isAlias(node)) return this.build(node.resolve(this.document) ?? null, depth + 1, line);
    if (isMap(node)) return { kind: 'map', line, entries: this.entriesOf(node, depth) };
    if (isSeq(node)) {
      return {
        kind: 'list',
        line,
        items: node.items.map((item) => this.build(item as Node | null, depth + 1, line)),
      };
    }
    if (!isScalar(node)) return { kind: 'scalar', line, text: null };
    const text = typeof node.value === 'string' ? node.value : '';
    return { kind: 'scalar', line, text: node.type === 'PLAIN' && NULL_TEXT.test(text) ? null : text };
  }

  /** With merge keys (`<<: *defaults`) filled in; the map's own keys win. */
  private entriesOf(node: Node, depth: number): Map<string, YamlEntry> {
    const own = new Map<string, YamlEntry>();
    const merged: YamlNode[] = [];
    if (!isMap(node)) return own;
    for (const pair of node.items) {
      const line = this.lineOf(pair.key as Node | null) ?? 1;
      const value = this.build(pair.value as Node | null, depth + 1, line);
      if (!isScalar(pair.key)) this.problems.error(`line ${line}: a key must be plain text.`);
      else if (pair.key.value === '<<') merged.push(...(value.kind === 'list' ? value.items : [value]));
      else own.set(String(pair.key.value), { line, value });
    }
    for (const map of merged) {
      if (map.kind !== 'map') this.problems.error(`line ${map.line}: << must be followed by a map.`);
      else for (const [key, entry] of map.entries) if (!own.has(key)) own.set(key, entry);
    }
    return own;
  }

  private lineOf(node: Node | null): number | undefined {
    return node?.range ? this.lines.linePos(node.range[0]).line : undefined;
  }
}
