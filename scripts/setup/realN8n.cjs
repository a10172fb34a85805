const { installN8n } = require('./n8n.cjs');
const { nodeForN8n } = require('./node24.cjs');
const { prepareSqlite3 } = require('./sqlite3.cjs');

/** All that it takes to start n8n: a Node under which it runs, n8n itself and its SQLite driver. */
async function prepareN8n() {
	const node = await nodeForN8n();
	await prepareSqlite3(node, await installN8n());
}

module.exports = { prepareN8n };
