// Tests what runs on a Bitrix site, with a real PHP. Arguments go to Jest: `npm run test:php -- -t queue`.
const { build, typeCheck } = require('./setup/compile.cjs');
const { command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');
const { findPhp } = require('./setup/php.cjs');
const { tool } = require('./setup/tools.cjs');

const withPhp = () => tool('jest', '--config', 'jest.php.config.cjs', ...process.argv.slice(2));

command(findPhp, installDependencies, typeCheck, build, withPhp);
