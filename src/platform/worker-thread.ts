import { extname, join } from 'node:path';
import { Worker, type ResourceLimits } from 'node:worker_threads';

/** Teaches a worker to read TypeScript, for runs from the sources: tests transpile in memory and leave no file. */
const FROM_SOURCES = `
  const { readFileSync } = require('node:fs');
  const { transformSync } = require('@swc/core');
  const options = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } };
  require.extensions['.ts'] = (module, filename) =>
    module._compile(transformSync(readFileSync(filename, 'utf8'), { ...options, filename }).code, filename);
  require(require('node:worker_threads').workerData);
`;

/**
 * Starts the worker of that name beside the file that asks for it (`__filename`): from the compiled file, or from its
 * source when the asking file runs from its own.
 */
export function startWorkerThread(asking: string, name: string, resourceLimits: ResourceLimits): Worker {
  const extension = extname(asking);
  const file = join(asking, '..', `${name}.worker${extension}`);
  if (extension !== '.ts') return new Worker(file, { resourceLimits });
  return new Worker(FROM_SOURCES, { eval: true, workerData: file, resourceLimits });
}
