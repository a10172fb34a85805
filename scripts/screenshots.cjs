// Renews the pictures of nodes, templates, the wizard and a report in docs/images. Arguments go to Jest: `npm run screenshots -- -t 05`.
const path = require('node:path');
const { build } = require('./setup/compile.cjs');
const { findChromium } = require('./setup/chromium.cjs');
const { command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');
const { prepareN8n } = require('./setup/realN8n.cjs');
const root = require('./setup/root.cjs');
const { tool } = require('./setup/tools.cjs');

process.env.PICTURES_FOLDER = path.join(root, 'docs', 'images');
process.env.WIZARD_PICTURES = process.env.PICTURES_FOLDER;

const takePictures = () => tool('jest', '--config', 'jest.browser.config.cjs', 'test/browser/pictures', 'test/browser/report.test.cts', 'test/browser/wizard.test.cts', ...process.argv.slice(2));

command(findChromium, installDependencies, build, prepareN8n, takePictures);
