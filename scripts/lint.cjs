// Lints with the rules that n8n checks a community package by. Arguments, as `--fix`, go to n8n-node lint.
const { command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');
const { tool } = require('./setup/tools.cjs');

command(installDependencies, () => tool('n8n-node', 'lint', ...process.argv.slice(2)));
