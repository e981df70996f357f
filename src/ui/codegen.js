/** Types the page's operations: `npm run gen:clients` writes the file, and a test compares it. */
module.exports = {
  schema: 'schema.graphql',
  documents: 'src/ui/operations/*.graphql',
  generates: {
    'src/ui/generated/operations.ts': {
      plugins: ['typescript', 'typescript-operations', 'typed-document-node'],
      config: {
        documentMode: 'graphQLTag',
        gqlImport: 'urql#gql',
        documentNodeImport: 'urql#TypedDocumentNode',
        enumsAsTypes: true,
        onlyOperationTypes: true,
        skipTypename: true,
        strictScalars: true,
        scalars: { BigInt: 'string', DateTime: 'string', Decimal: 'string', JSON: 'unknown' },
        useTypeImports: true,
        disableDescriptions: true,
        dedupeFragments: true,
      },
    },
  },
};
