// Begins something new: `npm run new -- entity supply`, `npm run new -- template 40-name`. What it makes passes all checks as it is.
const { writeFileSync } = require('node:fs');
const path = require('node:path');
const { StepFailed, command } = require('./setup/command.cjs');
const root = require('./setup/root.cjs');
const { entityFiles, templateFiles } = require('./setup/scaffold.cjs');
const { sourceText } = require('./setup/sourceText.cjs');

const WRONG_USE = 2;
const USAGE = 'Usage: npm run new -- entity KEYWORD (as MoySklad calls it, such as supply)\n       npm run new -- template NN-NAME (the file in workflows/, such as 40-price-report)';

const MAKERS = { entity: entityFiles, template: templateFiles };

const [kind, name, ...more] = process.argv.slice(2);

function make() {
	if (!Object.hasOwn(MAKERS, kind ?? '') || name === undefined || more.length > 0) throw new StepFailed(USAGE, WRONG_USE);
	const { files, next, fault } = MAKERS[kind](name, sourceText);
	if (fault) throw new StepFailed(fault, WRONG_USE);
	for (const [file, text] of Object.entries(files)) {
		writeFileSync(path.join(root, file), text);
		console.log(file);
	}
	console.log(`\nNext:\n${next.map((line) => `- ${line}`).join('\n')}`);
}

command(make);
