const path = require('node:path');

/** The folder of this repository. */
module.exports = path.resolve(__dirname, '..', '..');
