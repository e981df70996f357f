/**
 * The strictest presets of typescript-eslint, the house's own laws, and Relay's and documentation's laws for the
 * emitted schema. Every relaxation says why it is one.
 */
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const js = require('@eslint/js');
const { defineConfig, globalIgnores } = require('eslint/config');
const graphql = require('@graphql-eslint/eslint-plugin');
const importX = require('eslint-plugin-import-x');
const tseslint = require('typescript-eslint');
const exactAmounts = require('./test/lint/exact-amounts');

const SOURCE = ['src/!(ui)/**/*.ts', 'src/*.ts', 'migrations/**/*.ts'];
const PAGE = ['src/ui/**/*.{ts,tsx}'];
const TESTS = ['test/**/*.ts'];
const SCHEMA = 'schema.graphql';

/** Where the program meets its terminal: it may print and end the process. */
const TERMINAL = [
  'src/main.ts',
  'src/cli.ts',
  'src/cli/**/*.ts',
  'src/app/cli/**/*.ts',
  'src/app/emit-schema.ts',
];
const CLOCK = ['src/platform/clock.ts'];
const CONFIG = ['src/platform/config.ts', 'src/platform/config/**/*.ts'];
/** Code that computes amounts, where a number that went through a float is already wrong. */
const AMOUNTS = ['src/domain/**/*.ts', 'src/pricing/**/*.ts', 'src/limits/**/*.ts', 'src/ledger/**/*.ts'];

/** Code through whose hands amounts go. */
const HANDLES_AMOUNTS = [...AMOUNTS, 'src/passthrough/**/*.ts', 'src/spend/**/*.ts', 'src/litellm/**/*.ts'];

const BANS = {
  time: [
    {
      selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
      message: 'Take a Clock (platform/clock): a test must be able to move the time.',
    },
    {
      selector: 'NewExpression[callee.name="Date"][arguments.length=0], CallExpression[callee.name="Date"]',
      message: 'Take a Clock (platform/clock) and build the date from its milliseconds.',
    },
  ],
  environment: [
    {
      selector: 'MemberExpression[object.name="process"][property.name="env"]',
      message: 'Settings are read once, in platform/config. Take the parsed value as an argument.',
    },
  ],
  exit: [
    {
      selector: 'CallExpression[callee.object.name="process"][callee.property.name="exit"]',
      message: 'Only the entry points end the process. Throw, or return a failure.',
    },
  ],
  floats: [
    {
      selector: 'CallExpression[callee.name="parseFloat"], CallExpression[callee.property.name="parseFloat"]',
      message: 'A float cannot hold an amount. Parse decimal text with Money or Rate.',
    },
  ],
  always: [
    { selector: 'TSExportAssignment', message: 'Export by name.' },
    {
      selector: 'ImportExpression[source.type!="Literal"]',
      message: 'Import a literal path, so that the import floors can be checked.',
    },
  ],
};

const restrict = (...groups) => ({
  'no-restricted-syntax': ['error', ...['always', ...groups].flatMap((group) => BANS[group])],
});

/** Types that are values, not things that are kept: they have no identity of their own. */
const VALUE_TYPE_SUFFIXES = [
  'Amount',
  'Breakdown',
  'Bucket',
  'Change',
  'Connection',
  'Edge',
  'Error',
  'Estimate',
  'Event',
  'Forecast',
  'Group',
  'Health',
  'Info',
  'Payload',
  'Point',
  'Policy',
  'Report',
  'Result',
  'Row',
  'Spec',
  'Status',
  'Summary',
  'Totals',
  'Usage',
  'Viewer',
];

const typescriptConfigs = [
  {
    files: [...SOURCE, ...TESTS],
    extends: [
      js.configs.recommended,
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
    ],
    plugins: { 'import-x': importX },
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: __dirname, emitDecoratorMetadata: true },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      ...restrict(),
      'import-x/no-default-export': 'error',
      'import-x/no-duplicates': 'error',
      'import-x/no-mutable-exports': 'error',
      'import-x/first': 'error',
      'no-console': 'error',
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'process', message: 'Use the global.' },
            { name: 'node:process', message: 'Use the global.' },
          ],
        },
      ],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-depth': ['error', 4],
      complexity: ['error', 15],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-implicit-coercion': 'error',
      'object-shorthand': 'error',

      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Zero is an amount: `if (amount)` and `amount || fallback` would take it for an absent one. Text and optional
      // booleans stay free, because there the short form says what it means, and so does `unknown` (allowAny; `any`
      // itself is refused), because asking whether it is anything at all is how it is narrowed.
      '@typescript-eslint/strict-boolean-expressions': [
        'error',
        {
          allowNumber: false,
          allowNullableNumber: false,
          allowAny: true,
          allowNullableBoolean: true,
          allowNullableString: true,
        },
      ],

      // Entities and GraphQL classes are bodies for decorators: a class of fields alone is their normal form.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // type-graphql's classes describe shapes; an object literal of that shape is as good a value as an instance.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // An asynchronous interface may be met without waiting, and `async` makes what such code throws a rejection.
      '@typescript-eslint/require-await': 'off',
      // A number in a message reads as meant. Objects, undefined and arrays, which do not, stay refused.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => void` callbacks are written as one-line arrows, and `return refuse();` leaves a function of no value early.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // `for (;;)` and `while (true)` are how a loop that ends from within is written.
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // It asks for `!`, which no-non-null-assertion forbids.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // `_` says that a name is there for its place alone: a parameter before others, a loop that only counts.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' },
      ],
    },
  },
  {
    files: SOURCE,
    rules: {
      ...restrict('time', 'environment', 'exit'),
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', { max: 6 }],
      // What a file exports is a promise, so its type is written down rather than inferred.
      '@typescript-eslint/explicit-module-boundary-types': 'error',
    },
  },
  { files: AMOUNTS, rules: restrict('time', 'environment', 'exit', 'floats') },
  {
    files: HANDLES_AMOUNTS,
    plugins: { amounts: { rules: { exact: exactAmounts } } },
    rules: { 'amounts/exact': 'error' },
  },
  { files: TERMINAL, rules: { ...restrict('time', 'environment'), 'no-console': 'off' } },
  { files: CLOCK, rules: restrict('environment', 'exit') },
  { files: CONFIG, rules: restrict('time', 'exit') },
  {
    // A migration is one statement after another: its length is that of the SQL.
    files: ['migrations/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'no-restricted-imports': ['error', { patterns: ['**/src/**'] }],
    },
  },
  {
    files: TESTS,
    rules: {
      // A test that skips itself says why.
      'no-console': ['error', { allow: ['warn'] }],
      // jest's asymmetric matchers (`expect.any(String)`) are typed `any`, and stand where values stand.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      // `expect(server.close).toHaveBeenCalled()` names a method without calling it, on purpose.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  // Benchmarks are programs that print what they measured.
  { files: ['test/bench/**/*.ts'], rules: { 'no-console': 'off' } },
];

const scriptConfigs = [
  {
    files: ['**/*.js'],
    extends: [js.configs.recommended],
    languageOptions: {
      sourceType: 'commonjs',
      globals: {
        __dirname: 'readonly',
        console: 'readonly',
        module: 'writable',
        process: 'readonly',
        require: 'readonly',
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
];

const schemaConfigs = [
  {
    files: [SCHEMA],
    plugins: { '@graphql-eslint': graphql },
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: join(__dirname, SCHEMA) } },
    },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          rootField: true,
          DirectiveDefinition: true,
          EnumValueDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
        },
      ],
      '@graphql-eslint/require-deprecation-reason': 'error',
      '@graphql-eslint/strict-id-in-types': [
        'error',
        { acceptedIdNames: ['id'], acceptedIdTypes: ['ID'], exceptions: { suffixes: VALUE_TYPE_SUFFIXES } },
      ],
      // `nodes` spares the reader an edge, lists of values need no page, and the rows of a report are connected although
      // nobody keeps them. That kept objects implement Node is asked by strict-id-in-types.
      '@graphql-eslint/relay-edge-types': [
        'error',
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],
      '@graphql-eslint/input-name': ['error', { checkInputType: true, caseSensitiveInputType: false }],
      '@graphql-eslint/no-scalar-result-type-on-mutation': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NamedType[name.value="Float"]',
          message: 'A float cannot hold money, a rate or a count. Use Decimal, BigInt or Int.',
        },
      ],
    },
  },
];

/** The web page: the browser's own ways, and none of the server's. */
const pageConfigs = {
  files: PAGE,
  extends: [
    js.configs.recommended,
    tseslint.configs.strictTypeChecked,
    tseslint.configs.stylisticTypeChecked,
  ],
  plugins: { 'import-x': importX },
  languageOptions: { parserOptions: { project: './src/ui/tsconfig.json', tsconfigRootDir: __dirname } },
  rules: {
    'no-console': 'error',
    'import-x/no-duplicates': 'error',
    'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    '@typescript-eslint/consistent-type-imports': 'error',
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    '@typescript-eslint/no-confusing-void-expression': [
      'error',
      { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
    ],
    // It asks for `!`, which no-non-null-assertion forbids.
    '@typescript-eslint/non-nullable-type-assertion-style': 'off',
    // What a component may be given is a type of its own in some places, a line in others.
    '@typescript-eslint/consistent-type-definitions': 'off',
  },
};

module.exports = defineConfig(
  globalIgnores(['**/generated/', 'dist/', 'coverage/', 'node_modules/', '.spendgraph/']),
  typescriptConfigs,
  pageConfigs,
  scriptConfigs,
  existsSync(join(__dirname, SCHEMA)) ? schemaConfigs : [],
);
