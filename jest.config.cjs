module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.{ts,cts}'],
	testPathIgnorePatterns: ['/node_modules/', '/test/browser/', '/test/e2e/', '/test/php/'],
	moduleFileExtensions: ['ts', 'cts', 'js', 'cjs', 'mjs', 'json', 'node'],
	transform: { '^.+\\.c?ts$': ['ts-jest', { diagnostics: false }] },
	// As in n8n, all packages share one n8n-workflow, wherever they lie: ours, those of the cached n8n, unpacked ones.
	moduleNameMapper: { '^n8n-workflow$': require.resolve('n8n-workflow') },
	setupFiles: ['reflect-metadata', '<rootDir>/test/support/quiet.cjs'],
	maxWorkers: 2,
	// Loading the engine and n8n's nodes takes seconds on a busy machine.
	testTimeout: 30_000,
};
