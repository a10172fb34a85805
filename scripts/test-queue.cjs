// Tests the package in n8n's queue mode: a main process, two webhook processes and two workers on Redis and PostgreSQL.
const { build, typeCheck } = require('./setup/compile.cjs');
const { command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');
const { runProgram } = require('./setup/program.cjs');
const { prepareN8n } = require('./setup/realN8n.cjs');
const { findServices } = require('./setup/services.cjs');

command(findServices, installDependencies, typeCheck, build, prepareN8n, () => runProgram('test/queue/main.cts', process.argv.slice(2)));
