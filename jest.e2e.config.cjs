module.exports = {
	...require('./jest.config.cjs'),
	testMatch: ['<rootDir>/test/e2e/**/*.test.{ts,cts}'],
	testPathIgnorePatterns: ['/node_modules/'],
	// Each test file starts an n8n of its own, and waits for it more than it works: two at once are no load for two cores.
	maxWorkers: 2,
	testTimeout: 180_000,
};
