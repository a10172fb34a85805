// Asks npm for known weaknesses of the dependencies. Fails on one that is grave (high, critical) and not in the list below.
const { spawnSync } = require('node:child_process');
const { StepFailed, command } = require('./setup/command.cjs');
const { npmScript } = require('./setup/npm.cjs');
const root = require('./setup/root.cjs');
const { graveFindings } = require('./setup/advisories.cjs');

function audit() {
	const { stdout, stderr } = spawnSync(process.execPath, [npmScript(), 'audit', '--json'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
	const report = parsed(stdout);
	if (!report?.vulnerabilities) throw new StepFailed(`npm gave no report: ${report?.message ?? stderr.trim() ?? stdout}`);
	const { open, accepted, unused } = graveFindings(report);
	for (const { title, packages, reason } of accepted) console.log(`accepted: ${packages.join(', ')}: ${title}\n  ${reason}`);
	for (const { id } of unused) console.log(`no longer found, take it off the list: ${id}`);
	if (open.length > 0) throw new StepFailed(open.map(({ id, title, packages }) => `${packages.join(', ')}: ${title} (${id})`).join('\n'));
	console.log(`\nNothing grave is open; ${accepted.length} accepted.`);
}

function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

command(audit);
