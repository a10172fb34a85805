// Looks for files that nothing reaches, exports that nobody imports and dependencies that nobody uses. Arguments go to knip: `-- --fix`.
const { command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');
const { tool } = require('./setup/tools.cjs');

command(installDependencies, () => tool('knip', ...process.argv.slice(2)));
