import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** Teaches a worker to read TypeScript, for runs from the sources: tests transpile in memory and leave no file. */
const FROM_SOURCES = `
  const { readFileSync } = require('node:fs');
  const { transformSync } = require('@swc/core');
  const options = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } };
  require.extensions['.ts'] = (module, filename) =>
    module._compile(transformSync(readFileSync(filename, 'utf8'), { ...options, filename }).code, filename);
  require(require('node:worker_threads').workerData);
`;

const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 512 };

/** Starts the counting worker from the compiled file, or from its source when this file runs from its own. */
export function startCountWorker(): Worker {
  const extension = extname(__filename);
  const file = join(__dirname, `count.worker${extension}`);
  if (extension !== '.ts') return new Worker(file, { resourceLimits: RESOURCE_LIMITS });
  return new Worker(FROM_SOURCES, { eval: true, workerData: file, resourceLimits: RESOURCE_LIMITS });
}
