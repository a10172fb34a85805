const { readFileSync, readdirSync } = require('node:fs');
const path = require('node:path');
const root = require('../root.cjs');
const { sourceText } = require('../sourceText.cjs');

/**
 * A guard of ours and how to break it: in `file` the `text`, which stands there once, becomes `broken`. Then the test `name` in
 * `test` must fail, since nothing keeps the `trap` from doing its harm any more.
 * @typedef {{ trap: string, guard: string, file: string, text: string, broken: string, test: string, name: string }} Guard
 */

const LAYERS = ['core', 'transport', 'nodes'];

/** All guards, of all files of the table. */
function readTable() {
	const folder = path.join(root, 'test', 'guards');
	const files = readdirSync(folder).filter((file) => file.endsWith('.json')).sort();
	return files.flatMap((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
}

/** What is wrong with a row of the table, undefined when nothing is: it must still be about what stands in our files. */
function faultOf({ trap, file, text, broken, test, name }) {
	if (!LAYERS.includes(file.split('/')[0])) return `${file} is no file of ${LAYERS.join(', ')}`;
	const source = sourceText(file);
	if (source === undefined) return `there is no ${file}`;
	const found = source.split(text).length - 1;
	if (found !== 1) return `the text to be broken stands ${found} times in ${file}`;
	if (text === broken) return 'nothing is broken';
	const tests = sourceText(test);
	if (tests === undefined) return `there is no ${test}`;
	if (!new RegExp(`\\b${literally(trap)}\\b`).test(name)) return `the test “${name}” does not say that it is about ${trap}`;
	return titlesIn(tests).some((title) => title.test(name)) ? undefined : `${test} has no test “${name}”`;
}

const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The titles of a file's tests; each of a test that runs with several values stands for all of them. */
function titlesIn(source) {
	const strings = source.matchAll(/(?:\bit\(|\)\()\s*(['"`])((?:\\.|(?!\1).)*)\1/g);
	return [...strings].map(([, , title]) => new RegExp(`^${title.replace(/\\(.)/g, '$1').split(/%[a-zA-Z#]/).map(titlePart).join('.+')}$`));
}

const titlePart = (text) => literally(text.replaceAll('%%', '%'));

module.exports = { faultOf, literally, readTable };
