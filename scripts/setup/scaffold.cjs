const { createHash } = require('node:crypto');

const RESOURCES = 'nodes/MoySklad/resources';

const camelCase = (name) => name.replace(/[^A-Za-z ]/g, '').split(' ').map((word, place) => (place === 0 ? word.toLowerCase() : word[0].toUpperCase() + word.slice(1).toLowerCase())).join('');

/**
 * A resource of MoySklad Entity that lists one more kind of object: its file, and the list of resources with it.
 * @param keyword MoySklad's, one of core/moysklad/webhookEntities.ts, which knows its English name
 * @param read gives a file of the repository, or undefined
 */
function entityFiles(keyword, read) {
	const name = new RegExp(`keyword: '${keyword.replace(/\W/g, '')}', name: '([^']+)'`).exec(read('core/moysklad/webhookEntities.ts'))?.[1];
	if (!name) return { fault: `MoySklad has no objects "${keyword}" that core/moysklad/webhookEntities.ts knows.` };
	const value = camelCase(name);
	const file = `${RESOURCES}/${value}.ts`;
	const index = read(`${RESOURCES}/index.ts`);
	if (read(file) !== undefined || index.includes(`./${value}'`)) return { fault: `${file} is there already.` };
	const resource = [
		"import { readOperations } from './entityResource';",
		'',
		`export const ${value} = readOperations({`,
		`\tvalue: '${value}',`,
		`\tentity: '${keyword}',`,
		`\tname: '${name}',`,
		`\tplural: '${pluralOf(name.toLowerCase())}',`,
		'\tincludes: [],',
		'});',
		'',
	].join('\n');
	return {
		files: { [file]: resource, [`${RESOURCES}/index.ts`]: withResource(index, value) },
		next: [
			`${file}: choose what can be included, and what its rows are`,
			`core/moysklad/fields/: describe the fields of ${keyword}, so that they can be filtered and written; then allOperations can take the place of readOperations`,
			`test/simulators/moysklad/: let the simulator have ${keyword}, and test/nodes/MoySklad/ show that it is read`,
			'README.md and CHANGELOG.md: name it',
		],
	};
}

const pluralOf = (name) => (/(s|x|ch|sh)$/.test(name) ? `${name}es` : /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`);

/** The imports and the list stay in the order of the alphabet. */
function withResource(index, value) {
	const line = `import { ${value} } from './${value}';`;
	const imports = index.split('\n').filter((one) => /^import \{ \w+ \} from '\.\/\w+';$/.test(one));
	const after = imports.filter((one) => one < line).at(-1) ?? imports[0];
	const added = index.replace(after, `${after}\n${line}`);
	return added.replace(/(Resource\[\] = \[)([^\]]+)(\];)/, (_, head, list, tail) => {
		const names = [...list.split(',').map((one) => one.trim()).filter(Boolean), value].sort((one, other) => one.localeCompare(other));
		return `${head}\n${wrapped(names)}\n${tail}`;
	});
}

/** Names in lines of up to 150 characters. */
function wrapped(names) {
	const lines = [];
	for (const name of names) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + name.length < 145) lines[lines.length - 1] = `${last} ${name},`;
		else lines.push(`\t${name},`);
	}
	return lines.join('\n');
}

/** An id that is the same whenever the skeleton is made. */
const idOf = (text) => createHash('sha1').update(text).digest('hex').replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-5$3-8$4-$5');

const PAGE = 100;

/**
 * A template that a person starts: it reads a page of products and keeps those that are active.
 * @param name of the file, without its ending
 */
function templateFiles(name, read) {
	if (!/^\d\d[a-z]?(-[a-z0-9]+)+$/.test(name)) return { fault: `"${name}" is no name of a template: two digits, and words in small letters, such as 40-price-report.` };
	const file = `workflows/${name}.json`;
	if (read(file) !== undefined) return { fault: `${file} is there already.` };
	const words = name.replace(/^\w+?-/, '').replaceAll('-', ' ');
	const title = words[0].toUpperCase() + words.slice(1);
	const node = (label, type, typeVersion, position, parameters) => ({ id: idOf(`${name} ${label}`), name: label, type, typeVersion, position, parameters });
	const note = `# ${title}\nSay here in one sentence what it is good for.\n\n**Before you run it**\n1. Choose the credential in *Products* (MoySklad).`;
	const template = {
		name: title,
		nodes: [
			node('Note What It Does', 'n8n-nodes-base.stickyNote', 1, [-40, -320], { content: note, width: 480, height: 260 }),
			node('Start Now', 'n8n-nodes-base.manualTrigger', 1, [0, 0], {}),
			node('Products', 'n8n-nodes-moysklad-bitrix.moySkladEntity', 1, [220, 0], { resource: 'product', operation: 'getAll', limit: PAGE }),
		],
		connections: { 'Start Now': { main: [[{ node: 'Products', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
	return {
		files: { [file]: `${JSON.stringify(template, null, '\t')}\n` },
		next: [`${file}: import it into n8n, build it there, export it to this place`, 'test/e2e/: show that it does its work', 'README.md, docs/templates.md and CHANGELOG.md: name it'],
	};
}

module.exports = { entityFiles, templateFiles };
