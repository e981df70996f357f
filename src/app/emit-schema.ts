import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { resolvers } from './resolvers';
import { printGraphqlSchema } from './schema';

const FILE = 'schema.graphql';

/** Writes schema.graphql, or with `--check` tells by its exit code whether the file is up to date. */
function main(isCheck: boolean): number {
  const path = resolve(FILE);
  const text = printGraphqlSchema(resolvers);
  if (!isCheck) {
    writeFileSync(path, text);
    return 0;
  }
  if (readOrEmpty(path) === text) return 0;
  console.error(
    `${FILE} is not what the classes in src describe. Run "npm run gen:schema" and commit the file.`,
  );
  return 1;
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

process.exitCode = main(process.argv.includes('--check'));
