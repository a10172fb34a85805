const { readdirSync } = require('node:fs');
const { rm } = require('node:fs/promises');
const path = require('node:path');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

const LAYERS = ['core', 'transport'];

/** Where a source file's bundle lies: the layers in dist/shared, nodes and credentials as in the tree. */
const bundleOf = (entry) => `dist/${entry.replace(/^(\w+)\/index\.ts$/, 'shared/$1.ts').replace(/\.ts$/, '.js')}`;

/** Turns an import of core or transport into a require of its one bundle, so that no module exists twice in a process. */
const requireLayers = (entry) => ({
	name: 'require-layers',
	setup({ onResolve, resolve }) {
		onResolve({ filter: /^\.{1,2}(\/|$)/ }, async ({ path: request, pluginData, ...from }) => {
			if (pluginData === 'resolving') return;
			const found = await resolve(request, { ...from, pluginData: 'resolving' });
			const [layer, ...inside] = path.relative(__dirname, found.path).split(path.sep);
			if (!LAYERS.includes(layer) || entry.startsWith(`${layer}/`)) return;
			const text = `"${request}" reaches into ${layer}, which is bundled once: import from ${layer}/index.ts`;
			if (inside.join('/') !== 'index.ts') return { errors: [{ text }] };
			const required = path.posix.relative(path.posix.dirname(bundleOf(entry)), `dist/shared/${layer}.js`);
			return { path: required.startsWith('.') ? required : `./${required}`, external: true };
		});
	},
});

/** keepNames, since n8n's loader stores class names. */
const bundle = async (entry) =>
	await esbuild.build({
		entryPoints: [entry],
		outfile: bundleOf(entry),
		plugins: [requireLayers(entry)],
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		external: ['n8n-workflow'],
		keepNames: true,
		sourcemap: true,
		legalComments: 'external',
		logLevel: 'warning',
	});

const sources = (folder, ending) =>
	readdirSync(folder, { recursive: true })
		.filter((file) => file.endsWith(ending))
		.map((file) => `${folder}/${file.split(path.sep).join('/')}`);

const clean = () => rm('dist', { recursive: true, force: true });
const shared = () => Promise.all(LAYERS.map((layer) => bundle(`${layer}/index.ts`)));
const nodes = () => Promise.all(sources('nodes', '.node.ts').map(bundle));
const credentials = () => Promise.all(sources('credentials', '.credentials.ts').map(bundle));
const codex = () => src(['nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], { base: '.' }).pipe(dest('dist'));
const icons = () => src('icons/*', { encoding: false }).pipe(dest('dist/icons'));

exports.build = series(clean, parallel(shared, nodes, credentials, codex, icons));
// One part alone, where the others are there already.
exports.shared = shared;
exports.nodes = parallel(nodes, codex);
