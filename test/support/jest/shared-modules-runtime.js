/**
 * Jest's runtime, but for one thing: what the tests test is loaded once for each worker, by Node, and not once for each
 * test file. Loading the server and its packages takes over a second of a processor, 180 times; that was a third of the
 * whole run. Test files and their helpers are still loaded afresh for each file.
 *
 * So no module of `src` may keep state that one test file could leave to the next: `jest.mock` and its like do not reach
 * them.
 */
const { sep, join } = require('node:path');
const { compileFunction, constants } = require('node:vm');
const { default: Runtime } = require('jest-runtime');
require('../register-typescript.js');

const ROOT = join(__dirname, '../../..');
const FRESH = [join(ROOT, 'test') + sep];
/** What jest itself brings must be the instance that runs the test. */
const OF_JEST = /[\\/]node_modules[\\/](?:@jest|jest-[^\\/]+|jest|expect)[\\/]/;

class SharedModulesRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    // There is one context, so what is compiled belongs to no other.
    this.executor.compile = (source, filename) =>
      compileFunction(source, this.executor.injectedModuleParameters, {
        filename,
        importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      });
  }

  requireModule(from, name, options, isRequireActual) {
    if (options?.isInternalModule) return super.requireModule(from, name, options, isRequireActual);
    const path = name === undefined ? from : this._resolution.resolveCjs(from, name);
    return isFresh(path) ? super.requireModule(from, name, options, isRequireActual) : require(path);
  }
}

function isFresh(path) {
  return FRESH.some((folder) => path.startsWith(folder)) || OF_JEST.test(path);
}

module.exports = SharedModulesRuntime;
