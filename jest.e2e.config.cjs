module.exports = {
	...require('./jest.config.cjs'),
	testMatch: ['<rootDir>/test/e2e/**/*.test.{ts,cts}'],
	testPathIgnorePatterns: ['/node_modules/'],
	testTimeout: 180_000,
};
