/** The tests that take minutes: kill loops, long properties, the clean clone. One at a time, so that each has the machine. */
const quick = require('./jest.config.js');

module.exports = {
  ...quick,
  testMatch: ['<rootDir>/test/**/*.full.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  testTimeout: 15 * 60_000,
  maxWorkers: 1,
};
