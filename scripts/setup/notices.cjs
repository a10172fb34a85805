const { readFileSync, readdirSync } = require('node:fs');
const path = require('node:path');

const LICENCE = /^(licen[cs]e|copying)(\.(md|txt))?$/i;

/** The folder of the package that a bundled file belongs to, relative to the root; undefined for files of this repository. */
const packageOf = (file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];

/** What the licences of the bundled packages ask to be handed on. Throws for a package without one. */
function notices(root, files) {
	const folders = [...new Set(files.flatMap((file) => packageOf(file) ?? []))].sort();
	const texts = folders.map((folder) => {
		const { name, version, license } = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
		const file = readdirSync(path.join(root, folder)).find((one) => LICENCE.test(one));
		if (!file) throw new Error(`${name} is bundled and has no text of its licence`);
		return `${name} ${version} (${license})\n\n${readFileSync(path.join(root, folder, file), 'utf8').trim()}\n`;
	});
	return ['Parts of other packages are inside the files of this one. Their licences:\n', ...texts].join(`\n${'-'.repeat(80)}\n\n`);
}

module.exports = { notices };
