// Requires all nodes and credentials of a package and prints which of its own files that has loaded.
const path = require('node:path');

const folder = process.argv[2];
const { n8n } = require(path.join(folder, 'package.json'));
for (const file of [...n8n.nodes, ...n8n.credentials]) require(path.join(folder, file));
const loaded = Object.keys(require.cache).filter((file) => file.startsWith(folder + path.sep));
console.log(JSON.stringify(loaded.map((file) => path.relative(folder, file).split(path.sep).join('/'))));
