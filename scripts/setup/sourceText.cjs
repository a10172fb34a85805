const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');
const root = require('./root.cjs');

/** A file of the repository; undefined when there is none. */
const sourceText = (file) => (existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : undefined);

module.exports = { sourceText };
