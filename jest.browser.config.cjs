module.exports = {
	...require('./jest.config.cjs'),
	testMatch: ['<rootDir>/test/browser/**/*.test.{ts,cts}'],
	testPathIgnorePatterns: ['/node_modules/'],
	// One n8n between the simulators serves all files; those that change much in it start one of their own.
	globalSetup: '<rootDir>/test/browser/bench/start.cts',
	globalTeardown: '<rootDir>/test/browser/bench/stop.cts',
	maxWorkers: 2,
	// A node with more than a hundred operations is one test.
	testTimeout: 600_000,
};
