import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '..', '..');
const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', 'generated', '.spendgraph', '.git']);

/** A text file of the repository; its path is relative to the root, with `/` between folders. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

export interface SourceFile extends TextFile {
  readonly tree: ts.SourceFile;
}

/** Every file below a folder, found by walking it: a release unpacked from an archive has no git to ask. */
export function textFiles(folder: string, matching: RegExp): TextFile[] {
  const top = join(ROOT, folder);
  return existsSync(top) ? walk(top, matching) : [];
}

export function sourceFiles(folder: string): SourceFile[] {
  return textFiles(folder, /[.]ts$/).map((file) => ({
    ...file,
    tree: ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2022, true),
  }));
}

function walk(folder: string, matching: RegExp): TextFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : walk(path, matching);
    if (!entry.isFile() || !matching.test(entry.name)) return [];
    return [{ path: relative(ROOT, path).split('\\').join('/'), text: readFileSync(path, 'utf8') }];
  });
}

/** Calls `visit` for a node and everything below it. */
export function eachNode(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => {
    eachNode(child, visit);
  });
}

/** Lines that hold more than white space or comment: what the length limits count. */
export function codeLines(text: string): number {
  return text.split('\n').filter((line) => !/^\s*(?:$|\/\/|\/\*|\*(?:\s|\/|$))/.test(line)).length;
}

/** `path:line`, as an editor opens it. */
export function placeOf(file: SourceFile, node: ts.Node): string {
  return `${file.path}:${String(file.tree.getLineAndCharacterOfPosition(node.getStart()).line + 1)}`;
}
