/** Another engine of n8n than that of package.json, for `npm run versions`: the folder in whose node_modules it lies. */
const engine = process.env.N8N_ENGINE_FOLDER;

const resolved = (name) => require.resolve(name, engine ? { paths: [engine] } : undefined);

module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.{ts,cts}'],
	testPathIgnorePatterns: ['/node_modules/', '/test/browser/', '/test/e2e/', '/test/php/'],
	moduleFileExtensions: ['ts', 'cts', 'js', 'cjs', 'mjs', 'json', 'node'],
	transform: { '^.+\\.c?ts$': ['ts-jest', { diagnostics: false }] },
	// As in n8n, all packages share one n8n-workflow, wherever they lie: ours, those of the cached n8n, unpacked ones.
	moduleNameMapper: { '^n8n-workflow$': resolved('n8n-workflow'), '^n8n-core$': resolved('n8n-core') },
	setupFiles: ['reflect-metadata', '<rootDir>/test/support/quiet.cjs'],
	// The longest tests wait more than they work, for the limits that the simulators keep or for an n8n of their own: three at once are no load for two cores.
	maxWorkers: 3,
	// Loading the engine and n8n's nodes takes seconds on a busy machine.
	testTimeout: 30_000,
};
