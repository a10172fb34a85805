const { transformSync } = require('esbuild');

/** TypeScript for Jest without a look at any other file: each copy of the repository is compiled anew, so it has to be fast. */
module.exports = {
	process(source, file) {
		const { code } = transformSync(source, {
			loader: 'ts',
			format: 'cjs',
			target: 'node20',
			platform: 'node',
			sourcefile: file,
			sourcemap: 'inline',
		});
		return { code };
	},
};
