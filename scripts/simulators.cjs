// Starts the simulators of MoySklad and Bitrix until Ctrl-C.
const { command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');
const { runProgram } = require('./setup/program.cjs');

command(installDependencies, () => runProgram('test/simulators/main.cts', process.argv.slice(2)));
