module.exports = {
	...require('./jest.config.cjs'),
	testMatch: ['<rootDir>/test/php/**/*.test.{ts,cts}'],
	testPathIgnorePatterns: ['/node_modules/'],
};
