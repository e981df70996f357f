/** `node -r` this file to run TypeScript in a process of its own, compiled as jest compiles it. */
const { transformFileSync } = require('@swc/core');
const { transform } = require('../jest.config.js');

const [, options] = transform['^.+\\.ts$'];

require.extensions['.ts'] = (module, filename) => {
  module._compile(transformFileSync(filename, { ...options, swcrc: false }).code, filename);
};
