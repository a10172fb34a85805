const { rm, writeFile } = require('node:fs/promises');
const { dest, parallel, series, src } = require('gulp');
const { LAYERS, bundle, sourcesIn } = require('./scripts/setup/bundles.cjs');
const { notices } = require('./scripts/setup/notices.cjs');

/** The files that bundles are made of, of this repository and of other packages. */
const files = new Set();

async function bundles(entries) {
	for (const found of await Promise.all(entries.map((entry) => bundle(__dirname, entry)))) for (const file of found) files.add(file);
}

const clean = () => rm('dist', { recursive: true, force: true });
const shared = () => bundles(LAYERS.map((layer) => `${layer}/index.ts`));
const nodes = () => bundles(sourcesIn(__dirname, 'nodes', '.node.ts'));
const credentials = () => bundles(sourcesIn(__dirname, 'credentials', '.credentials.ts'));
const licences = () => writeFile('dist/THIRD-PARTY-NOTICES.txt', notices(__dirname, [...files]));
const codex = () => src(['nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], { base: '.' }).pipe(dest('dist'));
const icons = () => src('icons/*', { encoding: false }).pipe(dest('dist/icons'));

exports.build = series(clean, parallel(shared, nodes, credentials, codex, icons), licences);
