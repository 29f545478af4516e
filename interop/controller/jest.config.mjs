/** @type {import('jest').Config} */
export default {
  rootDir: 'node_modules/mediasoup/node/lib/test',
  testMatch: ['<rootDir>/test-*.js'],
  testEnvironment: 'node',
  // The package comes compiled, and lies where jest does not look by itself.
  transform: {},
  testPathIgnorePatterns: [],
  haste: { retainAllFiles: true },
  // Some of its tests leave sockets open.
  forceExit: true,
};
