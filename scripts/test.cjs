// Runs all tests but the end-to-end ones. Arguments go to Jest: `npm test -- test/core`.
const { build, typeCheck } = require('./setup/compile.cjs');
const { command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');
const { installN8n } = require('./setup/n8n.cjs');
const { tool } = require('./setup/tools.cjs');

const prepareN8nNodes = async () => void (await installN8n());

command(installDependencies, typeCheck, build, prepareN8nNodes, () => tool('jest', ...process.argv.slice(2)));
