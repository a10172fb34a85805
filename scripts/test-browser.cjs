// Tests the package in n8n's editor, in a real browser. Arguments go to Jest: `npm run test:browser -- lists`.
const { build, typeCheck } = require('./setup/compile.cjs');
const { findChromium } = require('./setup/chromium.cjs');
const { command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');
const { prepareN8n } = require('./setup/realN8n.cjs');
const { tool } = require('./setup/tools.cjs');

const inBrowser = () => tool('jest', '--config', 'jest.browser.config.cjs', ...process.argv.slice(2));

command(findChromium, installDependencies, typeCheck, build, prepareN8n, inBrowser);
