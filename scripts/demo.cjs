// Starts the demo: a real n8n with this package, joined to the simulators, until Ctrl-C.
const { build } = require('./setup/compile.cjs');
const { command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');
const { runProgram } = require('./setup/program.cjs');
const { prepareN8n } = require('./setup/realN8n.cjs');

command(installDependencies, build, prepareN8n, () => runProgram('test/demo/main.cts', process.argv.slice(2)));
