const { closeSync, mkdirSync, openSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { cacheFolder } = require('./cacheFolder.cjs');
const { run } = require('./children.cjs');
const { StepFailed } = require('./command.cjs');

const LAST_LINES = 15;

/** The end of a log, for a message. */
const lastLines = (file) => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LAST_LINES).join('\n');

const logFile = (name) => path.join(cacheFolder(), 'logs', `${name}.log`);

/** Runs a program whose output goes to `logs/<name>.log` in the cache; resolves with its exit code. */
async function runLogged(name, program, args, options) {
	mkdirSync(path.dirname(logFile(name)), { recursive: true });
	const log = openSync(logFile(name), 'w');
	try {
		return await run(program, args, { ...options, stdio: ['ignore', log, log] });
	} finally {
		closeSync(log);
	}
}

/** The error of a step whose log says why. */
const failed = (text, name) => new StepFailed(`${text}\n${lastLines(logFile(name))}\nThe whole log: ${logFile(name)}`);

module.exports = { failed, runLogged };
