// Runs the end-to-end tests against a real n8n. Arguments go to Jest: `npm run test:e2e -- -t webhook`.
const { build, typeCheck } = require('./setup/compile.cjs');
const { command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');
const { prepareN8n } = require('./setup/realN8n.cjs');
const { tool } = require('./setup/tools.cjs');

const endToEnd = () => tool('jest', '--config', 'jest.e2e.config.cjs', ...process.argv.slice(2));

command(installDependencies, typeCheck, build, prepareN8n, endToEnd);
