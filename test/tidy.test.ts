import ts from 'typescript';
import {
  codeLines,
  eachNode,
  placeOf,
  sourceFiles,
  textFiles,
  type SourceFile,
} from './support/source-files';

const MAX_FILE_LINES = 300;
const MAX_FUNCTION_LINES = 70;
const MAX_EXPORTS = 15;

/** The last word of a file's name says what is inside. A name without one is a plain module. */
const SUFFIXES = new Set([
  'args',
  'd',
  'entity',
  'enum',
  'filter',
  'guard',
  'input',
  'loader',
  'payload',
  'repository',
  'resolver',
  'routes',
  'schema',
  'service',
  'subscription',
  'type',
  'worker',
]);

/** A class with this decorator lives in a file with one of these suffixes, so that the import floors can see it. */
const HOME_OF: Readonly<Record<string, readonly string[]>> = {
  Entity: ['entity'],
  Resolver: ['resolver', 'subscription'],
  ObjectType: ['type', 'payload'],
  InterfaceType: ['type'],
  InputType: ['input', 'filter', 'args'],
  ArgsType: ['args', 'input'],
};

/** One operation's inputs, or one mutation's payloads, are many small classes of one concept. */
const CLASSES_TOGETHER = new Set(['args', 'filter', 'input', 'payload', 'type']);

const source = sourceFiles('src');
const migrations = sourceFiles('migrations');
const tests = sourceFiles('test');
const typescript = [...source, ...migrations, ...tests];

/** Written so that this file does not find itself. */
const UNFINISHED = new RegExp(
  `\\b(?:${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK', 'W' + 'IP'].join('|')})\\b`,
);
const NOT_IMPLEMENTED = new RegExp(['not (?:yet )?' + 'implemented', 'un' + 'implemented'].join('|'), 'i');
const MACHINE_PATH = new RegExp(
  `(?:^|[\\s'"\`(=:])/(?:${['ho' + 'me', 'ro' + 'ot', 'wo' + 'rk', 'Us' + 'ers', 'tm' + 'p'].join('|')})/`,
  'm',
);
const SUPPRESSION = new RegExp(`@ts-(?:${['ig' + 'nore', 'no' + 'check'].join('|')})`);
const UNEXPLAINED_DISABLE = new RegExp('eslint' + '-disable(?!.*\\s--\\s\\S)');
const FOCUSED = /\b(?:describe|it|test)[.]only\b|\bf(?:describe|it)\(/;

const suffixOf = (path: string): string | undefined => /[.]([^./]+)[.]ts$/.exec(path)?.[1];

const isExported = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

/** The places at which `breaks` says that the file breaks a rule. */
function places(
  files: readonly SourceFile[],
  breaks: (node: ts.Node, file: SourceFile) => boolean,
): string[] {
  const found: string[] = [];
  for (const file of files) {
    eachNode(file.tree, (node) => {
      if (breaks(node, file)) found.push(placeOf(file, node));
    });
  }
  return found;
}

const linesMatching = (files: readonly { path: string; text: string }[], pattern: RegExp): string[] =>
  files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${String(index + 1)}`] : [])),
  );

function decoratorNames(node: ts.Node): string[] {
  if (!ts.canHaveDecorators(node)) return [];
  return (ts.getDecorators(node) ?? []).flatMap(({ expression }) =>
    ts.isCallExpression(expression) && ts.isIdentifier(expression.expression)
      ? [expression.expression.text]
      : [],
  );
}

const isErrorClass = (node: ts.ClassDeclaration): boolean =>
  (node.heritageClauses ?? []).some((clause) => /^extends\s+\w*Error\b/.test(clause.getText()));

const isFunctionWithBody = (node: ts.Node): boolean =>
  ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;

describe('the source', () => {
  it('is found where it is expected', () => {
    expect(source.length).toBeGreaterThan(100);
    expect(tests.map(({ path }) => path)).toContain('test/tidy.test.ts');
  });

  it(`has no file longer than ${String(MAX_FILE_LINES)} lines of code`, () => {
    expect(typescript.filter(({ text }) => codeLines(text) > MAX_FILE_LINES).map(({ path }) => path)).toEqual(
      [],
    );
  });

  it(`has no function longer than ${String(MAX_FUNCTION_LINES)} lines of code`, () => {
    const long = (node: ts.Node): boolean =>
      isFunctionWithBody(node) && codeLines(node.getText()) > MAX_FUNCTION_LINES;
    expect(places(source, long)).toEqual([]);
  });

  it('exports by name only', () => {
    const byDefault = (node: ts.Node): boolean =>
      node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent)
        ? true
        : ts.isExportAssignment(node);
    expect(places(typescript, byDefault)).toEqual([]);
  });

  it('types everything: `any` appears nowhere', () => {
    expect(places(typescript, (node) => node.kind === ts.SyntaxKind.AnyKeyword)).toEqual([]);
  });

  it('suppresses no type error, and explains each lint rule it sets aside', () => {
    expect(linesMatching(typescript, SUPPRESSION)).toEqual([]);
    expect(linesMatching(typescript, UNEXPLAINED_DISABLE)).toEqual([]);
  });

  it('leaves no work behind', () => {
    expect(linesMatching(typescript, UNFINISHED)).toEqual([]);
    expect(linesMatching([...source, ...migrations], NOT_IMPLEMENTED)).toEqual([]);
  });

  it('knows no folder of the machine on which it was written', () => {
    const prose = textFiles('.', /[.](?:md|js|json|graphql)$/).filter(
      ({ path }) => path !== 'package-lock.json',
    );
    expect(linesMatching([...typescript, ...prose], MACHINE_PATH)).toEqual([]);
  });
});

describe('every source file', () => {
  it('is named in kebab case, with a known suffix if any', () => {
    const odd = source.filter(({ path }) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const suffix = suffixOf(path);
      return (
        !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:[.][a-z]+)?[.]ts$/.test(name) ||
        (suffix !== undefined && !SUFFIXES.has(suffix))
      );
    });
    expect(odd.map(({ path }) => path)).toEqual([]);
  });

  it('holds the classes that its suffix promises and no others', () => {
    const features = source.filter(({ path }) => !path.startsWith('src/platform/'));
    const misplaced = (node: ts.Node, file: SourceFile): boolean =>
      decoratorNames(node).some((name) => HOME_OF[name]?.includes(suffixOf(file.path) ?? '') === false);
    expect(places(features, misplaced)).toEqual([]);
  });

  it('exports one class, but for the small ones of a GraphQL operation and the errors that a class throws', () => {
    const crowded = source.filter(({ path, tree }) => {
      const classes = tree.statements
        .filter(ts.isClassDeclaration)
        .filter((node) => isExported(node) && !isErrorClass(node));
      return classes.length > 1 && !CLASSES_TOGETHER.has(suffixOf(path) ?? '');
    });
    expect(crowded.map(({ path }) => path)).toEqual([]);
  });

  it(`exports at most ${String(MAX_EXPORTS)} things`, () => {
    const crowded = source.filter(({ tree }) => tree.statements.filter(isExported).length > MAX_EXPORTS);
    expect(crowded.map(({ path }) => path)).toEqual([]);
  });
});

describe('the tests', () => {
  it('all run: none is focused', () => {
    expect(
      linesMatching(
        tests.filter(({ path }) => path !== 'test/tidy.test.ts'),
        FOCUSED,
      ),
    ).toEqual([]);
  });

  it('all expect something', () => {
    const silent = tests
      .filter(({ path }) => path.endsWith('.test.ts'))
      .filter(({ text }) => !/\bexpect\w*\(|\bassert\w*[.(]|fc[.]assert/.test(text));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });
});
