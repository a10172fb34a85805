const { readdirSync } = require('node:fs');
const path = require('node:path');

const LAYERS = ['core', 'transport'];

/** Where a source file's bundle lies: the layers in dist/shared, nodes and credentials as in the tree. */
const bundleOf = (entry) => `dist/${entry.replace(/^(\w+)\/index\.ts$/, 'shared/$1.ts').replace(/\.ts$/, '.js')}`;

/** Turns an import of core or transport into a require of its one bundle, so that no module exists twice in a process. */
const requireLayers = (root, entry) => ({
	name: 'require-layers',
	setup({ onResolve, resolve }) {
		onResolve({ filter: /^\.{1,2}(\/|$)/ }, async ({ path: request, pluginData, ...from }) => {
			if (pluginData === 'resolving') return;
			const found = await resolve(request, { ...from, pluginData: 'resolving' });
			const [layer, ...inside] = path.relative(root, found.path).split(path.sep);
			if (!LAYERS.includes(layer) || entry.startsWith(`${layer}/`)) return;
			const text = `"${request}" reaches into ${layer}, which is bundled once: import from ${layer}/index.ts`;
			if (inside.join('/') !== 'index.ts') return { errors: [{ text }] };
			const required = path.posix.relative(path.posix.dirname(bundleOf(entry)), `dist/shared/${layer}.js`);
			return { path: required.startsWith('.') ? required : `./${required}`, external: true };
		});
	},
});

/**
 * Bundles one entry of the repository in a folder. keepNames, since n8n's loader stores class names.
 * @returns the files that it is made of, relative to the folder
 */
async function bundle(root, entry, more = {}) {
	const { build } = require('esbuild');
	const { metafile } = await build({
		absWorkingDir: root,
		entryPoints: [entry],
		outfile: bundleOf(entry),
		plugins: [requireLayers(root, entry)],
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		external: ['n8n-workflow'],
		keepNames: true,
		// Beside the bundles for the tests that ask what is in them; they are not published, so no bundle names its own.
		sourcemap: 'external',
		legalComments: 'external',
		logLevel: 'warning',
		metafile: true,
		...more,
	});
	return Object.keys(metafile.inputs);
}

/** The files of a folder with that ending, relative to the root. */
const sourcesIn = (root, folder, ending) =>
	readdirSync(path.join(root, folder), { recursive: true })
		.filter((file) => file.endsWith(ending))
		.map((file) => `${folder}/${file.split(path.sep).join('/')}`);

module.exports = { LAYERS, bundle, bundleOf, sourcesIn };
