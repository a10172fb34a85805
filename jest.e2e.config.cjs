module.exports = {
	...require('./jest.config.cjs'),
	testMatch: ['<rootDir>/test/e2e/**/*.test.{ts,cts}'],
	testPathIgnorePatterns: ['/node_modules/'],
	// Each test file starts an n8n of its own.
	maxWorkers: 1,
	testTimeout: 180_000,
};
