/**
 * Node's environment in the worker's own context. Modules that are shared by test files (`shared-modules-runtime.js`) live
 * there, and a test in a context of its own would have another `Error` and `Date` than they.
 */
const { TestEnvironment } = require('jest-environment-node');

const exit = process.exit;
/** Where jest keeps the listeners to what the tests of a file do. Those of earlier files would hear of every later test. */
const LISTENERS = Symbol.for('EVENT_HANDLERS');

class SingleContextEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global = globalThis;
  }

  async teardown() {
    process.exit = exit;
    delete globalThis[LISTENERS];
    await super.teardown();
  }
}

module.exports = SingleContextEnvironment;
