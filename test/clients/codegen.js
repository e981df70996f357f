/** What a user's project has to type its operations. `npm run gen:clients` writes the file; a test compares it. */
module.exports = {
  schema: 'schema.graphql',
  documents: 'test/examples.graphql',
  generates: {
    'test/clients/generated/operations.ts': {
      plugins: ['typescript', 'typescript-operations', 'typed-document-node'],
      config: {
        documentMode: 'graphQLTag',
        gqlImport: 'graphql-tag#gql',
        enumsAsTypes: true,
        onlyOperationTypes: true,
        skipTypename: true,
        strictScalars: true,
        scalars: { BigInt: 'string', DateTime: 'string', Decimal: 'string', JSON: 'unknown' },
        useTypeImports: true,
        disableDescriptions: true,
      },
    },
  },
};
